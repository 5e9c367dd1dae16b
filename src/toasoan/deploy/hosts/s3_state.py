"""The one object of a store that is both lock and switch: which release is there, and who is at work on it.

It is written on the condition that it is still what was read before. Whoever finds that condition broken has lost the
lock, for nobody else writes it.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace

from toasoan.deploy.host import HostBusyError, HostError, LockLostError
from toasoan.deploy.hosts.s3_store import ABSENT, ConditionError, NoAnswerError, NotSupportedError, Store

KEY = "_toasoan/state.json"
"""Where it lies."""

_FORMAT = 1
_NOBODYS_ETAG = '"00000000000000000000000000000000"'
_TRIES = 5
"""So often is a write tried anew that met another one of our own, or a conflict that is over in a moment."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody at work."""

    by: str
    token: str
    """Tells a claim from all others, also from one by the same person."""


@dataclass(frozen=True, slots=True)
class State:
    """What the object says."""

    current: str | None = None
    releases: tuple[str, ...] = ()
    """The newest first."""

    unfinished: str | None = None
    """The release whose journal is to be read."""

    claim: Claim | None = None
    turn: int = 0
    """Grows with each write, so that no two writes are the same bytes: ETags of the same bytes are the same."""


def written(state: State) -> bytes:
    """A state as it is stored."""
    return json.dumps({"format": _FORMAT, **asdict(state)}, ensure_ascii=False, indent=1).encode()


def read(data: bytes) -> State:
    """A state from its bytes. Raises HostError."""
    try:
        values = json.loads(data)
        if values.pop("format") != _FORMAT:
            raise HostError("a later version of this program has deployed there", "update Toasoan")
        claim = values.pop("claim")
        releases = tuple(values.pop("releases"))
        return State(**values, releases=releases, claim=Claim(**claim) if claim else None)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise HostError(
            f"{KEY} can't be read", "somebody has changed it; give the portal a bucket of its own"
        ) from None


class HeldState:
    """The state of a store while this process is at work on it."""

    def __init__(self, store: Store, stale_after: float, renew_after: float) -> None:
        self._store = store
        self._stale_after = stale_after
        self._renew_after = renew_after
        self._guard = threading.RLock()
        self._state = State()
        self._etag = ABSENT
        self._token = ""
        self._is_lost = False
        self._renewed = (0.0, 0.0)
        self.keeps_conditions = True
        """Whether the store heeds conditions; if not, two deploys at once would not be kept apart."""

    @property
    def state(self) -> State:
        """What the object says, as long as the lock is held."""
        return self._state

    @contextmanager
    def claimed(self, who: str) -> Iterator[None]:
        """Have the store for oneself. Raises HostBusyError, HostError, and LockLostError when leaving."""
        self._claim(who)
        end = threading.Event()
        beat = threading.Thread(target=self._beat, args=(end,), name="claim", daemon=True)
        beat.start()
        try:
            yield
        except BaseException:
            end.set()
            with suppress(HostError):  # what went wrong before is what matters
                self.change(claim=None)
            raise
        else:
            end.set()
            with suppress(NoAnswerError):  # then the claim gets stale
                self.change(claim=None)
        finally:
            end.set()

    def _claim(self, who: str) -> None:
        self._token, self._is_lost, self.keeps_conditions = secrets.token_hex(16), False, True
        for _ in range(_TRIES):
            age = self._look()
            claim = self._state.claim
            if claim is not None and claim.token != self._token and age <= self._stale_after:
                raise HostBusyError(claim.by)
            try:
                self._write(replace(self._state, claim=Claim(who, self._token)))
            except ConditionError:  # by somebody else, or by us: then only the answer was lost
                self._look()
                if self._state.claim is None or self._state.claim.token != self._token:
                    continue
                self._note_renewal()
            except NotSupportedError:
                self.keeps_conditions = False
                continue
            self._try_conditions()
            return
        raise HostBusyError(self._state.claim.by if self._state.claim else "somebody")

    def _look(self) -> float:
        """Read the object; gives its age in seconds."""
        found = self._store.read(KEY)
        self._state, self._etag = (State(), ABSENT) if found is None else (read(found.data), found.etag)
        return 0.0 if found is None else found.age

    def _try_conditions(self) -> None:
        """Find out whether the store heeds conditions, by a write that it must refuse.

        If it does not refuse, nothing was changed: the bytes are those that are there.
        """
        if self.keeps_conditions:
            with suppress(ConditionError):
                self._etag = self._store.write(KEY, written(self._state), _NOBODYS_ETAG)
                self.keeps_conditions = False

    def hold(self) -> None:
        """Renew the claim if that is due. Raises LockLostError, HostError."""
        with self._guard:
            if self._is_lost:
                raise _lost()
            if self._state.claim is not None and self._seconds_held() > self._renew_after:
                self.change()

    def _seconds_held(self) -> float:
        """Since the claim was renewed: a machine that slept has one clock that went on."""
        return max(time.monotonic() - self._renewed[0], time.time() - self._renewed[1])

    def _note_renewal(self) -> None:
        self._renewed = (time.monotonic(), time.time())

    def _beat(self, end: threading.Event) -> None:
        """Renew the claim now and then: between two acts may lie more time than a claim lasts."""
        while not end.wait(self._renew_after):
            try:
                self.hold()
            except LockLostError:
                return
            except HostError:  # whoever is at work will meet it too
                continue

    def change(self, **values: object) -> None:
        """Write the object with other values, as long as the claim is ours. Raises LockLostError, HostError."""
        with self._guard:
            if self._is_lost:
                raise _lost()
            for _ in range(_TRIES):
                wanted = replace(self._state, **values)  # type: ignore[arg-type]  # names of its fields
                try:
                    self._write(wanted)
                except ConditionError:
                    # A write of our own may have been done though its answer was lost. Only who holds a token
                    # writes with it: as long as ours is there, all that was written since is by us.
                    self._look()
                    if self._state.claim is None or self._state.claim.token != self._token:
                        if "claim" in values and self._state.claim is None:  # just this write
                            return
                        break
                else:
                    return
            self._is_lost = True
            raise _lost()

    def _write(self, state: State) -> None:
        wanted = replace(state, turn=self._state.turn + 1)
        if self.keeps_conditions:
            self._etag = self._store.write(KEY, written(wanted), self._etag)
        else:
            found = self._store.read(KEY)
            if (ABSENT if found is None else found.etag) != self._etag:
                raise ConditionError("somebody else has changed the state of the store")
            self._etag = self._store.write(KEY, written(wanted))
        self._state = wanted
        self._note_renewal()


def _lost() -> LockLostError:
    return LockLostError(
        "somebody else has taken over the store, because nothing was heard of this deploy for a while",
        "see what readers have there, and deploy again",
    )
