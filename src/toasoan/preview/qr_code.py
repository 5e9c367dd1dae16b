"""An address as a picture of characters that a phone's camera reads. The one door to segno."""

from __future__ import annotations

import io

import segno


def qr_code(address: str) -> str:
    """The QR code (ISO/IEC 18004) of an address, for a terminal: two rows of it in each line."""
    drawn = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(drawn, border=2, compact=True)
    return drawn.getvalue().rstrip("\n")
