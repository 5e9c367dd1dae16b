"""The portal on this machine, for the people who make it."""
