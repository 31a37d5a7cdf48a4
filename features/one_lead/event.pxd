"""Events in the order in which they became known."""

from libc.stdint cimport int64_t
from libc.string cimport memcpy

cdef enum:
    RUN = 32  # as many are sorted by insertion, which is quickest for few and for those that are in order already


cdef struct Event:
    int64_t known_ms
    Py_ssize_t stream


cdef inline void sort_events(Event* events, Event* spare, Py_ssize_t count) noexcept nogil:
    """Sort events by time, in n log n steps whatever their order; ``spare`` has room for as many."""
    cdef Py_ssize_t start = 0, width = RUN
    cdef Event* source = events
    cdef Event* target = spare
    while start < count:
        _insert(events + start, min(width, count - start))
        start += width
    while width < count:
        start = 0
        while start < count:
            _merge(source + start, target + start, min(width, count - start), min(2 * width, count - start))
            start += 2 * width
        source, target = target, source
        width *= 2
    if source != events:
        memcpy(events, source, count * sizeof(Event))


cdef inline void _insert(Event* events, Py_ssize_t count) noexcept nogil:
    cdef Py_ssize_t place, at
    cdef Event event
    for place in range(1, count):
        event = events[place]
        at = place
        while at > 0 and events[at - 1].known_ms > event.known_ms:
            events[at] = events[at - 1]
            at -= 1
        events[at] = event


cdef inline void _merge(Event* source, Event* target, Py_ssize_t middle, Py_ssize_t end) noexcept nogil:
    """Merge two neighbours that are in order: up to ``middle``, and from there to ``end``."""
    cdef Py_ssize_t left = 0, right = middle, place
    for place in range(end):
        if right >= end or (left < middle and source[left].known_ms <= source[right].known_ms):
            target[place] = source[left]
            left += 1
        else:
            target[place] = source[right]
            right += 1
