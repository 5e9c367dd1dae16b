"""What is wrong with the files of a built portal. A fault of a template is on every page, and told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from toasoan.diagnostics import Diagnostic, Location, Report, Severity

MOST_TOLD = 3
"""Files for which the same fault is told one by one; of more, the first stands for all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a file, in words for whoever can mend it."""

    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    link: str | None = None
    """The link that it is about, as the file has it: the text has it on some line."""

    @classmethod
    def of_values(cls, values: tuple[str, str, str, str, str | None]) -> Fault:
        """The fault of its values, as JSON has them."""
        code, message, hint, severity, link = values
        return cls(code, message, hint, Severity(severity), link)


class Findings:
    """Faults, each with the files in which it was found."""

    def __init__(self) -> None:
        self._paths: dict[Fault, list[str]] = {}
        self._in_texts: list[tuple[Location, Fault]] = []

    def add(self, path: str, faults: Iterable[Fault]) -> None:
        """Note what is wrong with a file of the portal."""
        for fault in faults:
            self._paths.setdefault(fault, []).append(path)

    def add_at(self, place: Location, fault: Fault) -> None:
        """Note what is wrong with a text."""
        self._in_texts.append((place, fault))

    def tell(self, place_of: Callable[[str, str | None], Location], report: Report) -> None:
        """Tell it all. `place_of` knows where to mend a file, given its path and the link that the fault is about."""
        for fault, paths in self._paths.items():
            told = sorted(dict.fromkeys(paths))
            others = len(told) - 1 if len(told) > MOST_TOLD else 0
            for path in told[:1] if others else told:
                message = f"{fault.message} (and so on {others} other pages)" if others else fault.message
                report.add(_diagnostic(fault, message, place_of(path, fault.link)))
        for place, fault in self._in_texts:
            report.add(_diagnostic(fault, fault.message, place))


def _diagnostic(fault: Fault, message: str, place: Location) -> Diagnostic:
    return Diagnostic(fault.severity, fault.code, message, place, fault.hint)


def advice(fault: Fault) -> Fault:
    """The same as a warning: nobody is kept from reading."""
    return replace(fault, severity=Severity.WARNING)
