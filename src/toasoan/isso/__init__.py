"""Isso, the server that takes readers' comments and keeps them: what the portal asks of it."""
