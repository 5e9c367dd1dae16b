"""Photographs for the demo portal, drawn: nobody's picture is used, and each demo is the same to the byte."""

from __future__ import annotations


def photograph(key: str, number: int) -> bytes:
    """The photograph of a story, as JPEG."""
    from io import BytesIO

    from PIL import Image

    image = Image.linear_gradient("L").resize((1600, 900)).convert("RGB")
    data = BytesIO()
    image.save(data, "JPEG", quality=82, optimize=True, progressive=True)
    return data.getvalue()
