"""A month of the calendar."""

from __future__ import annotations

from typing import NamedTuple


class Month(NamedTuple):
    """A month, in the portal's time zone."""

    year: int
    month: int

    @staticmethod
    def of(number: int) -> Month:
        """The month of a number like 202512."""
        return Month(*divmod(number, 100))

    @property
    def as_number(self) -> int:
        """The month as a number that sorts: 202512."""
        return self.year * 100 + self.month
