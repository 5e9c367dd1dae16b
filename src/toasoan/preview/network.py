"""Where this machine is found in its network."""

from __future__ import annotations

import socket

ELSEWHERE = ("192.0.2.1", 9)
"""An address that nobody has (RFC 5737)."""


def own_address() -> str | None:
    """The IPv4 address under which others in the network find this machine; None if it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(ELSEWHERE)  # nothing is sent: the system only says which way it would go
        except OSError:
            return None
        address = str(asked.getsockname()[0])
    return None if address.startswith(("0.", "127.")) else address
