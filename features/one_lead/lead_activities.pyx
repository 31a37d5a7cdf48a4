"""The activities of one lead, up to an instant."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.math cimport NAN
from libc.stdint cimport INT64_MIN, int64_t

from features.one_lead.cell cimport cell, instant
from features.one_lead.days cimport MS_PER_DAY, days_between
from features.one_lead.event cimport Event, sort_events

from features.streams import ANY, GROUPS

cdef enum:
    NO_STREAM = -1

cdef dict _GROUPS = {name: number for number, name in enumerate((ANY, *GROUPS))}
cdef Py_ssize_t _RESPONSE = _GROUPS["response"]
cdef Py_ssize_t _GROUP_COUNT = len(_GROUPS)
cdef unsigned int _ANY_BIT = 1 << <Py_ssize_t>_GROUPS[ANY]
cdef dict _BITS = {
    name: sum(1 << number for group, number in _GROUPS.items() if name in GROUPS.get(group, ()))
    for name in frozenset().union(*GROUPS.values())
}


cdef class LeadActivities:
    """What each stream of a lead's activities comes to, as ``NamedStreams`` tells it of many leads.

    Streams go by number: first the groups, then the types in the order in which they were met.

    Parameters
    ----------
    rows : sequence of mapping
        The lead's rows of the canonical table.
    as_of_ms : int
        What became known there or later is left out.
    hidden : frozenset of str
        Types that count nowhere, and columns that are blank.
    """

    def __cinit__(self, rows, int64_t as_of_ms, frozenset hidden not None):
        cdef list own = list(rows)
        cdef size_t most = len(own)
        self._as_of_ms = as_of_ms
        self._number, self._types, self._agents = {}, [], set()
        self._events = <Event*>PyMem_Calloc(2 * most, sizeof(Event))
        self._streams = <Stream*>PyMem_Calloc(_GROUP_COUNT + most, sizeof(Stream))
        self._instants = <int64_t*>PyMem_Calloc((_GROUP_COUNT + 1) * most, sizeof(int64_t))
        if self._events is NULL or self._streams is NULL or self._instants is NULL:
            raise MemoryError
        self._read(own, hidden)
        sort_events(self._events, self._events + most, self._count)
        self._lay_out()

    def __dealloc__(self):
        PyMem_Free(self._events)
        PyMem_Free(self._streams)
        PyMem_Free(self._instants)

    cdef Py_ssize_t stream(self, str name):
        """Return the number of a stream, below zero where the lead has none of it."""
        found = _GROUPS.get(name)
        if found is None and name:
            found = self._number.get(name)
        return NO_STREAM if found is None else <Py_ssize_t>found

    cdef double statistic(self, Py_ssize_t stream, int64_t days):
        """Count the activities of a stream in the last days, or ``EVER``, or return the days ``SINCE_LAST``."""
        cdef Stream* found = NULL if stream < 0 else &self._streams[stream]
        if found is NULL or found.count == 0:
            return NAN if days == SINCE_LAST else 0.0
        if days == SINCE_LAST:
            return days_between(found.last_ms, self._as_of_ms)
        if days == EVER:
            return found.count
        return found.count - _before(found, self._as_of_ms - days * MS_PER_DAY)

    cdef double days_since_nth(self, Py_ssize_t stream, int64_t nth):
        """Return the days since the nth activity of a stream became known; NaN where there were fewer."""
        if stream < 0 or not 1 <= nth <= self._streams[stream].count:
            return NAN
        return days_between(self._streams[stream].known_ms[nth - 1], self._as_of_ms)

    cdef double active_days(self, int64_t days):
        """Count the days (UTC) whose first response became known in the last days."""
        cdef Stream* responses = &self._streams[_RESPONSE]
        cdef int64_t start_ms = self._as_of_ms - days * MS_PER_DAY, day, last_day = INT64_MIN
        cdef Py_ssize_t place, active = 0
        for place in range(responses.count):
            day = responses.known_ms[place] // MS_PER_DAY
            if day != last_day and responses.known_ms[place] >= start_ms:
                active += 1
            last_day = day
        return active

    cdef double types_seen(self):
        """Count the types so far."""
        return len(self._types) - (None in self._number)

    cdef double agents(self):
        """Count our people who took part."""
        return len(self._agents)

    cdef object last_type(self):
        """Return the type of the last activity; of several at one instant, the one that sorts last, None first."""
        cdef Py_ssize_t place = self._count - 1
        cdef int64_t last_ms
        cdef object last = None
        if place < 0:
            return None
        last_ms = self._events[place].known_ms
        while place >= 0 and self._events[place].known_ms == last_ms:
            type_ = self._types[self._events[place].stream - _GROUP_COUNT]
            if last is None or (type_ is not None and type_ > last):
                last = type_
            place -= 1
        return last

    cdef int _read(self, list rows, frozenset hidden) except -1:
        """Gather what is known; ``rows`` has no more than there is room for."""
        cdef bint has_agents = "agent" not in hidden
        cdef int64_t occurred_ms, known_ms
        cdef Py_ssize_t stream
        for row in rows:
            occurred_ms = instant(row, "occurred_at")
            known_ms = max(occurred_ms, instant(row, "recorded_at"))
            if known_ms == INT64_MIN or known_ms >= self._as_of_ms:
                continue
            stream = self._stream_of_type(cell(row, "type"), hidden)
            if stream == NO_STREAM:
                continue
            self._events[self._count] = Event(known_ms=known_ms, stream=stream)
            self._count += 1
            _add(&self._streams[stream], 1, known_ms if occurred_ms == INT64_MIN else occurred_ms)
            agent = cell(row, "agent") if has_agents else None
            if agent is not None:
                self._agents.add(agent)
        return 0

    cdef Py_ssize_t _stream_of_type(self, object type_, frozenset hidden) except -2:
        if type_ is not None and type(type_) is not str:
            type_ = str(type_)
        found = self._number.get(type_)
        if found is None:
            found = NO_STREAM if type_ in hidden else _GROUP_COUNT + len(self._types)
            self._number[type_] = found
            if found != NO_STREAM:
                self._streams[<Py_ssize_t>found].groups = _ANY_BIT | <unsigned int>_BITS.get(type_, 0)
                self._types.append(type_)
        return found

    cdef void _lay_out(self) noexcept:
        """Give each stream its instants, one stream after another."""
        cdef Py_ssize_t streams = _GROUP_COUNT + len(self._types), number, group, place
        cdef int64_t* room = self._instants
        cdef Stream* of_type
        for number in range(_GROUP_COUNT, streams):
            for group in range(_GROUP_COUNT):
                if self._streams[number].groups >> group & 1:
                    _add(&self._streams[group], self._streams[number].count, self._streams[number].last_ms)
        for number in range(streams):
            self._streams[number].known_ms = room
            room += self._streams[number].count
            self._streams[number].count = 0
        for place in range(self._count):
            of_type = &self._streams[self._events[place].stream]
            _append(of_type, self._events[place].known_ms)
            for group in range(_GROUP_COUNT):
                if of_type.groups >> group & 1:
                    _append(&self._streams[group], self._events[place].known_ms)


cdef int64_t days_of(object statistic) except? -3:
    """Return a statistic of ``features.past`` as a number of days."""
    if statistic == "ever":
        return EVER
    return SINCE_LAST if statistic == "days_since_last" else <int64_t>statistic


cdef inline void _add(Stream* stream, Py_ssize_t count, int64_t last_ms) noexcept:
    if stream.count == 0 or last_ms > stream.last_ms:
        stream.last_ms = last_ms
    stream.count += count


cdef inline void _append(Stream* stream, int64_t known_ms) noexcept:
    stream.known_ms[stream.count] = known_ms
    stream.count += 1


cdef inline Py_ssize_t _before(const Stream* stream, int64_t start_ms) noexcept:
    """Count what became known before an instant."""
    cdef Py_ssize_t low = 0, high = stream.count, middle
    while low < high:
        middle = (low + high) >> 1
        if stream.known_ms[middle] < start_ms:
            low = middle + 1
        else:
            high = middle
    return low
