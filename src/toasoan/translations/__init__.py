"""What translators and those who look after translations need: what is missing, what is stale, what differs."""
