"""The kinds of hosts, one module each; what they have in common stands in `deploy/host.py`."""
