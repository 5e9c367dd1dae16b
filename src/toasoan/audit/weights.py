"""What a page weighs, against what the portal allows: bytes as they travel, compressed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from toasoan.audit.findings import Fault, advice
from toasoan.settings import BudgetSettings

_COMPRESSED = (".css", ".js", ".svg", ".json", ".html")
_KIB = 1024


def compressed_size(path: str, data: bytes) -> int:
    """Bytes of a file as hosts send it: texts by gzip, which all of them know, others as they are."""
    return len(zlib.compress(data, 9)) if path.endswith(_COMPRESSED) else len(data)


class Weights:
    """What pages may weigh, and what the files weigh that come with them."""

    def __init__(self, budgets: BudgetSettings, sizes: Mapping[str, int]) -> None:
        """`sizes` are those of style sheets, scripts and fonts, by path, as they travel."""
        self._budgets = budgets
        self._sizes = sizes

    def faults(self, html: bytes, loaded: Iterable[str]) -> Iterator[Fault]:
        """Tell what of a page is too heavy; `loaded` are the files that its head asks for."""
        parts = {".css": 0, ".js": 0, ".woff2": 0}
        for path in loaded:
            ending = path[path.rfind(".") :]
            if ending in parts:
                parts[ending] += self._sizes.get(path, 0)
        budgets = self._budgets
        most = (budgets.html_and_styles or budgets.page) * _KIB - parts[".css"]
        size = len(html)
        if size > most:
            size = len(zlib.compress(html, 1))
        if size > most or size + sum(parts.values()) > budgets.page * _KIB:
            size = len(zlib.compress(html, 9))  # the quick way gives more, and mostly less than enough to matter
        for what, weight, budget in (
            ("the page without its photographs", size + sum(parts.values()), budgets.page),
            ("its HTML and style sheets", size + parts[".css"], budgets.html_and_styles),
            ("its scripts", parts[".js"], budgets.scripts),
            ("the fonts that it asks for at once", parts[".woff2"], budgets.fonts),
        ):
            if budget and weight > budget * _KIB:
                yield advice(
                    Fault(
                        "over-budget",
                        f"{what}: more than {budget} KiB as they travel",
                        f"it is {-(-weight // _KIB)} KiB; shorten it, or allow more in [budgets] of site/site.toml",
                    )
                )
