"""Addresses that a page had before, as its file names them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote

from toasoan.diagnostics import Report
from toasoan.typed_table import Source
from toasoan.web_address import path_fault


def read_aliases(written: Sequence[str], source: Source, report: Report) -> tuple[str, ...] | None:
    """The aliases of a page, each once; None if one is wrong, which then stands in the report."""
    aliases, is_sound = [], True
    for number, text in enumerate(written):
        # Browsers show the letters of an address and copy them encoded.
        alias = unicodedata.normalize("NFC", unquote(text))
        if fault := path_fault(alias):
            report.error(
                "wrong-alias",
                f"the alias {text!r} {fault}",
                source.at(("aliases", number)),
                'write what stands behind the host in the old address, as in "/news/2019/market.html"',
            )
            is_sound = False
        aliases.append(alias)
    return tuple(dict.fromkeys(aliases)) if is_sound else None
