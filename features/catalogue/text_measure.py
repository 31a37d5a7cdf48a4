"""A column of text, said so that a lead's is read without a call."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from features.seen import Seen, Texts

TextTable: TypeAlias = Literal["leads", "companies", "qualifications"]


@dataclass(frozen=True, slots=True)
class TextMeasure:
    """One column of text.

    Attributes
    ----------
    table : str
        Of ``qualifications``, the latest known answer counts.
    column : str
        Its column.
    """

    table: TextTable
    column: str

    def __call__(self, view: Seen) -> Texts:
        """Return one text a snapshot, or none."""
        if self.table == "leads":
            return view.lead_text(self.column)
        return view.company_text(self.column) if self.table == "companies" else view.answer(self.column)
