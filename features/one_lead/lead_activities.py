"""The activities of one lead, up to an instant."""

from bisect import bisect_left
from collections.abc import Sequence
from math import nan
from typing import Final, TypeAlias

from features.instant import MS_PER_DAY
from features.lead_source import Rows
from features.past import StreamStatistic
from features.streams import ANY, GROUPS

_Event: TypeAlias = tuple[int, str, int]
"""When it became known, its type, and when it occurred; of several at one instant, the type that sorts last stands
last."""


_Stream: TypeAlias = tuple[list[int], int]
"""When each event became known, in order, and when the newest occurred."""


class _Streams(dict[str, _Stream]):
    """The streams that were asked for; a group of types is put together when it is first asked for."""

    def __init__(self, events: list[_Event]) -> None:
        super().__init__()
        self._events = events
        self.of_type: dict[str, _Stream] = {}
        for known_ms, kind, occurred_ms in events:
            stream = self.of_type.get(kind)
            if stream is None:
                self.of_type[kind] = [known_ms], occurred_ms
            else:
                stream[0].append(known_ms)
                if occurred_ms > stream[1]:
                    self.of_type[kind] = stream[0], occurred_ms

    def __missing__(self, name: str) -> _Stream:
        if name == ANY:
            found = self._together(frozenset(self.of_type))
        elif name in GROUPS:
            found = self._together(GROUPS[name].intersection(self.of_type))
        else:
            found = self.of_type.get(name, _NEVER) if name else _NEVER
        self[name] = found
        return found

    def _together(self, kinds: frozenset[str]) -> _Stream:
        if not kinds:
            return _NEVER
        known_ms = [known_ms for known_ms, kind, _ in self._events if kind in kinds]
        return known_ms, max(self.of_type[kind][1] for kind in kinds)


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
        self._streams = _Streams(self._events)

    def side_by_side(self, statistic: StreamStatistic, streams: Sequence[str]) -> list[float]:
        """Return a statistic of several streams."""
        found = [self._streams[stream] for stream in streams]
        if statistic == "days_since_last":
            as_of_ms = self._as_of_ms
            return [(as_of_ms - last_ms) / MS_PER_DAY if known_ms else nan for known_ms, last_ms in found]
        if statistic == "ever":
            return [float(len(known_ms)) for known_ms, _ in found]
        start_ms = self._as_of_ms - statistic * MS_PER_DAY
        return [float(len(known_ms) - bisect_left(known_ms, start_ms)) for known_ms, _ in found]

    def ever(self, stream: str) -> float:
        """Count the activities of a stream so far."""
        return float(len(self._streams[stream][0]))

    def count(self, stream: str, days: int) -> float:
        """Count the activities of a stream that became known in the last days."""
        known_ms, _ = self._streams[stream]
        return float(len(known_ms) - bisect_left(known_ms, self._as_of_ms - days * MS_PER_DAY))

    def days_since_nth(self, stream: str, nth: int) -> float:
        """Return the days since the nth activity became known; NaN where there were fewer."""
        known_ms, _ = self._streams[stream]
        return (self._as_of_ms - known_ms[nth - 1]) / MS_PER_DAY if len(known_ms) >= nth else nan

    def last_type(self) -> str | None:
        """Return the type of the last activity."""
        return self._events[-1][1] or None if self._events else None

    def types_seen(self) -> float:
        """Count the types so far."""
        return float(len(self._streams.of_type) - ("" in self._streams.of_type))

    def agents(self) -> float:
        """Count our people who took part."""
        return float(len(self._agents))

    def active_days(self, days: int) -> float:
        """Count the days (UTC) whose first response became known in the last days."""
        first_ms: dict[int, int] = {}
        for known_ms in self._streams["response"][0]:
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


_NEVER: Final[_Stream] = [], 0
