"""What a stream of activities comes to, said so that many can be measured at once."""

from dataclasses import dataclass

from features.past import StreamStatistic
from features.seen import Numbers, Seen


@dataclass(frozen=True, slots=True)
class StreamMeasure:
    """One statistic of one stream.

    Attributes
    ----------
    stream : str
        As in ``features.streams``.
    statistic : int or str
        The count in so many days, the count ``ever``, or ``days_since_last``, which is NaN where there was none.
    """

    stream: str
    statistic: StreamStatistic

    def __call__(self, view: Seen) -> Numbers:
        """Return one value a snapshot."""
        return view.statistic(self.stream, self.statistic)
