"""The streams of a past by their names."""

import numpy as np

from features.arrays import BoolArray, FloatArray
from features.past import Past, Streams, StreamStatistic
from features.streams import StreamLayout, rows_of


class NamedStreams:
    """What each stream of activities comes to, one entry a snapshot.

    Parameters
    ----------
    past : Past
    layout : StreamLayout
        Of the types of its source. A block of streams is worked out when one of them is first asked for.
    """

    def __init__(self, past: Past, layout: StreamLayout) -> None:
        self.past = past
        self._layout = layout
        self._blocks: dict[int, Streams] = {}

    def ever(self, stream: str) -> FloatArray:
        """Count the activities so far."""
        block, row = self._found(stream)
        answer: FloatArray = block.ever[row]
        return answer

    def count(self, stream: str, days: int) -> FloatArray:
        """Count the activities that became known in the last days."""
        block, row = self._found(stream)
        answer: FloatArray = block.count(days)[row]
        return answer

    def days_since_last(self, stream: str) -> FloatArray:
        """Return the days since the last activity occurred; NaN where there was none."""
        block, row = self._found(stream)
        answer: FloatArray = block.days_since_last[row]
        return answer

    def side_by_side(self, statistic: StreamStatistic, streams: tuple[str, ...]) -> FloatArray:
        """Return a statistic of several streams, one row each."""
        places = rows_of(self._layout, streams)
        if len(places) == 1:
            ((number, _, rows),) = places
            return self._block(number).statistic(statistic).take(rows, axis=0)
        values = np.empty((len(streams), len(self.past.as_of_ms)))
        for number, which, rows in places:
            values[which] = self._block(number).statistic(statistic)[rows]
        return values

    def days_since_nth(self, stream: str, nth: int) -> FloatArray:
        """Return the days since the nth activity became known; NaN where there were fewer."""
        block, row = self._found(stream)
        return block.days_since_nth(row, nth)

    def is_of(self, stream: str) -> BoolArray:
        """Tell which events of the past belong to a stream."""
        block, row = self._found(stream)
        return block.is_of(row)

    def _found(self, stream: str) -> tuple[Streams, int]:
        number, row = self._layout.place(stream)
        return self._block(number), row

    def _block(self, number: int) -> Streams:
        if number not in self._blocks:
            self._blocks[number] = self.past.streams(self._layout.blocks[number])
        return self._blocks[number]
