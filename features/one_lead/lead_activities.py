"""The activities of one lead, up to an instant."""

from bisect import bisect_left
from math import nan
from typing import Final, NamedTuple, TypeAlias

from features.instant import MS_PER_DAY
from features.lead_source import Rows
from features.past import StreamStatistic
from features.streams import ANY, GROUPS

_Event: TypeAlias = tuple[int, str, int]
"""When it became known, its type, and when it occurred; of several at one instant, the type that sorts last stands
last."""


class _Stream(NamedTuple):
    """When each event became known, in order, and when the newest occurred."""

    known_ms: list[int]
    last_ms: int


class LeadActivities:
    """What each stream of a lead's activities comes to, as ``NamedStreams`` tells it of many leads.

    Parameters
    ----------
    rows : sequence of mapping
        The lead's rows of the canonical table.
    as_of_ms : int
        What became known there or later is left out.
    hidden : frozenset of str
        Types that count nowhere, and columns that are blank.
    """

    def __init__(self, rows: Rows, as_of_ms: int, hidden: frozenset[str]) -> None:
        self._as_of_ms = as_of_ms
        self._agents: set[object] = set()
        self._events = self._known(rows, hidden)
        self._streams: dict[str, _Stream] = {}
        for known_ms, kind, occurred_ms in self._events:
            stream = self._streams.get(kind)
            if stream is None:
                self._streams[kind] = _Stream([known_ms], occurred_ms)
            else:
                stream.known_ms.append(known_ms)
                if occurred_ms > stream.last_ms:
                    self._streams[kind] = _Stream(stream.known_ms, occurred_ms)
        self._kinds = frozenset(self._streams)

    def statistic(self, stream: str, statistic: StreamStatistic) -> float:
        """Return what a stream comes to."""
        found = self._stream(stream)
        if statistic == "days_since_last":
            return (self._as_of_ms - found.last_ms) / MS_PER_DAY if found.known_ms else nan
        if statistic == "ever":
            return float(len(found.known_ms))
        known_ms = found.known_ms
        return float(len(known_ms) - bisect_left(known_ms, self._as_of_ms - statistic * MS_PER_DAY))

    def days_since_nth(self, stream: str, nth: int) -> float:
        """Return the days since the nth activity became known; NaN where there were fewer."""
        known_ms = self._stream(stream).known_ms
        return (self._as_of_ms - known_ms[nth - 1]) / MS_PER_DAY if len(known_ms) >= nth else nan

    def last_type(self) -> str | None:
        """Return the type of the last activity."""
        return self._events[-1][1] or None if self._events else None

    def types_seen(self) -> float:
        """Count the types so far."""
        return float(len(self._kinds - _NO_TYPE))

    def agents(self) -> float:
        """Count our people who took part."""
        return float(len(self._agents))

    def active_days(self, days: int) -> float:
        """Count the days (UTC) whose first response became known in the last days."""
        first_ms: dict[int, int] = {}
        for known_ms in self._stream("response").known_ms:
            first_ms.setdefault(known_ms // MS_PER_DAY, known_ms)
        start_ms = self._as_of_ms - days * MS_PER_DAY
        return float(sum(known_ms >= start_ms for known_ms in first_ms.values()))

    def _known(self, rows: Rows, hidden: frozenset[str]) -> list[_Event]:
        events, as_of_ms, has_agents = [], self._as_of_ms, "agent" not in hidden
        for row in rows:
            kind, occurred_ms, recorded_ms = row.get("type"), row.get("occurred_at"), row.get("recorded_at")
            known_ms = occurred_ms
            if recorded_ms is not None and (occurred_ms is None or recorded_ms > occurred_ms):
                known_ms = recorded_ms
            if known_ms is None or known_ms >= as_of_ms or kind in hidden:
                continue
            events.append((known_ms, kind or "", known_ms if occurred_ms is None else occurred_ms))
            if has_agents and (agent := row.get("agent")) is not None:
                self._agents.add(agent)
        events.sort()
        return events

    def _stream(self, name: str) -> _Stream:
        """Return a stream; a group of types is put together when it is first asked for."""
        if name != ANY and name not in GROUPS:
            return self._streams.get(name, _NEVER) if name else _NEVER
        place = f"group {name}"
        found = self._streams.get(place)
        if found is None:
            found = self._streams[place] = self._together(self._kinds if name == ANY else self._kinds & GROUPS[name])
        return found

    def _together(self, kinds: frozenset[str]) -> _Stream:
        if not kinds:
            return _NEVER
        known_ms = [known_ms for known_ms, kind, _ in self._events if kind in kinds]
        return _Stream(known_ms, max(self._streams[kind].last_ms for kind in kinds))


_NEVER: Final = _Stream([], 0)
_NO_TYPE: Final = frozenset({""})
