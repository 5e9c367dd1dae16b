"""From a complete build to readers: what is sent where, in which order, and how it is taken back."""
