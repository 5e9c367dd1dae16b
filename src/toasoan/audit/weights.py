"""What a page weighs, against what the portal allows: bytes as they travel, compressed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping

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

    def faults(self, size: int, exact: Callable[[], int], loaded: Iterable[str]) -> Iterator[Fault]:
        """Tell what of a page is too heavy.

        `size` are the bytes of its HTML as they travel, or somewhat more, and `exact` gives how many they are;
        `loaded` are the files that its head asks for.
        """
        parts = {".css": 0, ".js": 0, ".woff2": 0}
        for path in loaded:
            ending = path[path.rfind(".") :]
            if ending in parts:
                parts[ending] += self._sizes.get(path, 0)
        if any(budget and weight > budget * _KIB for _, weight, budget in self._weights(size, parts)):
            size = exact()
        for what, weight, budget in self._weights(size, parts):
            if budget and weight > budget * _KIB:
                yield advice(
                    Fault(
                        "over-budget",
                        f"{what}: more than {budget} KiB as they travel",
                        f"it is {-(-weight // _KIB)} KiB; shorten it, or allow more in [budgets] of site/site.toml",
                    )
                )

    def _weights(self, size: int, parts: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
        budgets = self._budgets
        yield "the page without its photographs", size + sum(parts.values()), budgets.page
        yield "its HTML and style sheets", size + parts[".css"], budgets.html_and_styles
        yield "its scripts", parts[".js"], budgets.scripts
        yield "the fonts that it asks for at once", parts[".woff2"], budgets.fonts
