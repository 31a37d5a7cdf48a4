"""What all evidence has in common."""

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from features.wording import Wording

Figure: TypeAlias = float | int | str


class Evidence(Protocol):
    """One thing that was found out about a subject."""

    @property
    def wording(self) -> Wording:
        """The finding for people, figures included."""

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers under names that say what they are."""


class TellingEvidence(Evidence, Protocol):
    """Evidence that may be enough by itself."""

    @property
    def tells(self) -> bool:
        """Whether it is."""
