"""How often a caller may ask."""

from typing import Final

SECONDS: Final = 60.0


class RateLimit:
    """A bucket of requests for each caller: full at first, filled evenly, of one process.

    Parameters
    ----------
    per_minute : int
        How many a caller may send in a minute, at once or spread over it; 0 sets no limit.
    """

    def __init__(self, per_minute: int) -> None:
        self._most = float(per_minute)
        self._left: dict[str, tuple[float, float]] = {}

    def wait_seconds(self, caller: str, now_seconds: float) -> float:
        """Count a request; return how long its caller is to wait before the next try, 0 where it may be answered now.

        Parameters
        ----------
        caller : str
            The name of a key.
        now_seconds : float
            Of a clock that never goes back.
        """
        if not self._most:
            return 0.0
        left, counted_at = self._left.get(caller, (self._most, now_seconds))
        left = min(self._most, left + (now_seconds - counted_at) * self._most / SECONDS)
        if left < 1.0:
            self._left[caller] = left, now_seconds
            return (1.0 - left) * SECONDS / self._most
        self._left[caller] = left - 1.0, now_seconds
        return 0.0
