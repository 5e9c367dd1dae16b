"""What the clock alone changes: moments at which a build is due although nobody has touched anything."""

from __future__ import annotations

from datetime import UTC, datetime

from toasoan.state import State

_SCHEDULED, _NEWS, _SECURITY, _BUILT = "until", "news_until", "security_until", "now"


def note_scheduled(state: State, now: datetime) -> None:
    """Note when the next article is to appear, and when this build looked."""
    waiting = state.row("SELECT max(due_at) FROM source WHERE due_at IS NOT NULL")
    state.note(_SCHEDULED, None if waiting is None else -waiting / 1e6)
    state.note(_BUILT, now.timestamp())


def note_news(state: State, until: datetime | None) -> None:
    """Note when the first article of the news sitemaps is no news any more."""
    state.note(_NEWS, until.timestamp() if until else None)


def note_security(state: State, until: datetime | None) -> None:
    """Note from when on `security.txt` has to be spoken of."""
    state.note(_SECURITY, until.timestamp() if until else None)


def news_are_due(state: State, now: datetime) -> bool:
    """Whether news sitemaps are not what they were, by the clock alone."""
    until = state.fact(_NEWS)
    return until is not None and now.timestamp() >= until


def next_moment(state: State) -> datetime | None:
    """The moment at which the clock alone changes the portal; None if it never will."""
    moments = (state.fact(name) for name in (_SCHEDULED, _NEWS, _SECURITY))
    first = min((moment for moment in moments if moment is not None), default=None)
    return None if first is None else datetime.fromtimestamp(first, UTC)


def is_as_late(state: State, now: datetime) -> bool:
    """Whether the portal looks at this moment as it did when it was built last."""
    until = next_moment(state)
    return now.timestamp() >= state.fact(_BUILT) and (until is None or now < until)
