"""Whether `security.txt` is still believed by those who read it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from toasoan.config import Config
from toasoan.diagnostics import Location, Report
from toasoan.portal_folders import SETTINGS_FILE

WARNED_BEFORE = timedelta(days=30)


def check_security(config: Config, now: datetime, report: Report) -> datetime | None:
    """Tell that `security.txt` ends soon, or has; gives the moment from which on that is to be told."""
    if config.settings.security is None:
        return None
    ends = datetime.combine(config.settings.security.expires, time(), UTC)
    if now >= ends - WARNED_BEFORE:
        is_over = "is over" if now >= ends else "will soon be over"
        report.warning(
            "security-txt-expires",
            f"the time of security.txt {is_over}: {ends:%Y-%m-%d}",
            Location(SETTINGS_FILE),
            "make sure that its addresses are right, and set security.expires to a day within a year",
        )
        return None
    return ends - WARNED_BEFORE
