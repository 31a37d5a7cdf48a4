"""What clients were answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self


@dataclass
class Tally:
    """The answers that one client has had, or several together.

    Attributes
    ----------
    sent : int
        Requests that went out over a connection.
    refused : int
        Of these, those answered with a status that was asked for, and with what it takes to try again.
    failures : list of tuple of float and str
        Of these, those that were not answered with a score: when they were sent, and what came instead.
    wrong : list of str
        What was wrong with answers that were scores.
    acknowledged : dict of str to str
        The answer's id, by the lead.
    versions : collections.Counter
        Answers by the version that gave them.
    seconds : list of float
        How long each score took.
    """

    sent: int = 0
    refused: int = 0
    failures: list[tuple[float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    versions: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, tallies: Iterable["Tally"]) -> Self:
        """Return several as one."""
        total = cls()
        for one in tallies:
            total.sent += one.sent
            total.refused += one.refused
            total.failures += one.failures
            total.wrong += one.wrong
            total.acknowledged |= one.acknowledged
            total.versions += one.versions
            total.seconds += one.seconds
        return total

    @property
    def p99_ms(self) -> float:
        """What one score in a hundred took longer than, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[int(0.99 * len(ordered))] if ordered else 0.0
