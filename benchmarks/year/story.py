"""What happened in the year, in order, and what was expected of it."""

from dataclasses import dataclass, field

import pandas as pd
from rich.table import Table


@dataclass
class Story:
    """What happened: one line each, and what was expected but did not happen."""

    table: Table
    unmet: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, title: str) -> "Story":
        """Begin a story in which nothing has happened yet."""
        return cls(Table("day", "what", "what came out", "as expected", title=title))

    def tell(self, day: pd.Timestamp, what: str, came_out: str, *, expected: bool = True) -> None:
        """Add a line."""
        self.table.add_row(f"{day:%Y-%m-%d}", what, came_out, "yes" if expected else "NO")
        if not expected:
            self.unmet.append(what)
