"""What is wrong with changes that somebody would like to try."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from features.faults import Fault
from features.recipe import Recipe
from features.schema import kept_columns
from features.tables import Tables
from features.validation import nearest
from training.review.made_from import made_from

TIME_COLUMNS: Final[Mapping[str, str]] = {
    "activities": "occurred_at",
    "qualifications": "answered_at",
    "stage_history": "entered_at",
    "deals": "created_at",
}
"""The tables that rows can be added to, and what dates a row."""

ATTRIBUTES: Final[Mapping[str, str]] = {"lead": "leads", "company": "companies"}
"""What fields can be set of, and the table that holds them."""

_FIXED: Final = frozenset({"lead_id", "company_id", "created_at", "outcome", "closed_at", "lost_reason"})
_NAMES: Final = (*ATTRIBUTES, *TIME_COLUMNS)


@dataclass(frozen=True)
class ChangeCheck:
    """Judges changes before anything is computed.

    Attributes
    ----------
    tables : Tables
        The source.
    has_company : bool
        Whether the lead has a company in it.
    recipes : mapping of str to Recipe
        Of every feature: what is a feature cannot be set.
    """

    tables: Tables
    has_company: bool
    recipes: Mapping[str, Recipe]

    def faults(self, changes: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield everything that cannot be tried."""
        for name, content in changes.items():
            if name in ATTRIBUTES:
                yield from self._fields(name, content)
            elif name in TIME_COLUMNS:
                yield from self._rows(name, content)
            else:
                yield self._unknown("changes", name, _NAMES)

    def _fields(self, name: str, content: Any) -> Iterator[Fault]:
        if not isinstance(content, Mapping):
            yield Fault(name, None, "fields with their values", type(content).__name__, f"Write {{{name!r}: {{...}}}}.")
            return
        if name == "company" and not self.has_company:
            remedy = "Leave the company out, or name a lead that has one."
            yield Fault(name, None, "the lead has a company with a row in companies", "none", remedy)
        known = self._columns(ATTRIBUTES[name])
        for column in content:
            if column in _FIXED:
                remedy = "Nothing can be tried with it: it says which lead this is, when it came, or how it ended."
                yield Fault(name, column, "a field that describes", "one that identifies or decides", remedy)
            elif column not in known:
                yield self._unknown(name, column, known)

    def _rows(self, name: str, content: Any) -> Iterator[Fault]:
        if not _is_rows(content):
            yield Fault(name, None, "a list of rows", type(content).__name__, f"Write {{{name!r}: [{{...}}]}}.")
            return
        known = self._columns(name)
        for column in dict.fromkeys(column for row in content for column in row):
            if column not in known:
                yield self._unknown(name, column, known)

    def _columns(self, table: str) -> list[str]:
        frame = getattr(self.tables, table)
        return [*dict.fromkeys((*kept_columns(table), *map(str, frame.columns), *(("email",) * (table == "leads"))))]

    def _unknown(self, place: str, name: str, known: Iterable[str]) -> Fault:
        if name in self.recipes:
            remedy = f"Change what it is made from: {made_from(self.recipes[name])}."
            return Fault(place, name, "a feature is computed from rows and never set", "a feature", remedy)
        near = nearest(name, known)
        remedy = f"Did you mean {near}?" if near else f"There are {', '.join(known)}."
        return Fault(place, name, "a name that the source has", "an unknown one", remedy)


def _is_rows(content: Any) -> bool:
    return isinstance(content, Sequence) and all(isinstance(row, Mapping) for row in content)
