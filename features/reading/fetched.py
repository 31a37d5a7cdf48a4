"""What a door brings in."""

from dataclasses import dataclass, field

from features.faults import Fault
from features.validation import RawTable


@dataclass
class Fetched:
    """The raw tables of a source, and what stood in the way of fetching them."""

    tables: list[RawTable] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, other: "Fetched") -> None:
        """Take over what another one brought."""
        self.tables.extend(other.tables)
        self.faults.extend(other.faults)

    @classmethod
    def failed(cls, place: str, rule: str, found: str, remedy: str) -> "Fetched":
        """Return that nothing could be fetched from a place, and why."""
        return cls(faults=[Fault(place, None, rule, found, remedy)])
