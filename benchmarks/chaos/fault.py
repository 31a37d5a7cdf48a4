"""A fault, what may come of it, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from benchmarks.chaos.kept import Kept
from benchmarks.chaos.stage import Stage
from benchmarks.chaos.tally import Tally

FEWEST_ANSWERS: Final = 100
"""A fault that few have met proves nothing."""

_TOLD: Final = 3


class SkippedError(Exception):
    """A fault cannot be caused here; tells why."""


@dataclass
class Seen:
    """What came of a fault.

    Attributes
    ----------
    tally : Tally
        Of all that asked.
    lost : int
        Acknowledged answers that are not once in the history.
    announced : int
        Of these, how many the service itself has counted as dropped.
    unmet : list of str
        What else was not as it must be.
    notes : list of str
        What is worth knowing.
    """

    tally: Tally
    lost: int
    announced: int = 0
    unmet: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, tally: Tally, kept: Kept, *, in_order: bool = False) -> "Seen":
        """Return what was answered and kept; in order only where one process has written it."""
        is_disordered = in_order and kept.out_of_order
        unmet = [f"{kept.out_of_order:,} rows were written out of order"] if is_disordered else []
        return cls(tally, kept.lost, unmet=unmet)

    def expect(self, *, is_so: bool, otherwise: str) -> None:
        """Note what is not as it must be."""
        if not is_so:
            self.unmet.append(otherwise)


@dataclass(frozen=True)
class Fault:
    """Something that breaks while leads are scored.

    Attributes
    ----------
    name : str
        For the command line.
    about : str
        For people.
    play : callable
        Causes it on a stage.
    limit : str
        What may come of it.
    may_fail : int
        How many requests may remain without an answer.
    """

    name: str
    about: str
    play: Callable[[Stage], Seen]
    limit: str = "none"
    may_fail: int = 0

    def unmet(self, seen: Seen) -> list[str]:
        """Return in which respects more came of it than may."""
        tally = seen.tally
        reasons = ", ".join(sorted({reason for _, reason in tally.failures})[:_TOLD])
        tests = {
            f"only {len(tally.acknowledged):,} answers": len(tally.acknowledged) >= FEWEST_ANSWERS,
            f"{len(tally.failures):,} failed: {reasons}": len(tally.failures) <= self.may_fail,
            f"{len(tally.wrong):,} wrong: {'; '.join(tally.wrong[:_TOLD])}": not tally.wrong,
            f"{seen.lost:,} lost, {seen.announced:,} counted as dropped": seen.lost <= seen.announced,
        }
        return [*(told for told, is_so in tests.items() if not is_so), *seen.unmet]
