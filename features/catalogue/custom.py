"""Features of the custom fields of a source."""

from typing import Final, Literal, TypeAlias

import numpy as np

from features.arrays import FloatArray
from features.catalogue.feature import NOT_KNOWN, Feature, Measure, Unit, plain_name
from features.custom_content import Content, characters, dates, flags, numbers
from features.instant import MISSING_MS
from features.text_column import TextColumn
from features.view import View
from features.wording import Wording

CustomTable: TypeAlias = Literal["leads", "companies"]

_UNITS: Final[dict[Content, Unit]] = {
    "number": "number",
    "flag": "flag",
    "category": "category",
    "date": "days",
    "text": "characters",
}
_WORDINGS: Final[dict[Content, Wording]] = {
    "number": Wording("{}", "{}"),
    "flag": Wording("{}", "{}"),
    "category": Wording("{}", "{}"),
    "date": Wording("Days since {}", "{}からの日数"),
    "text": Wording("Length of {}", "{}の文字数"),
}


def custom_feature(table: CustomTable, column: str, content: Content) -> Feature:
    """Return the feature of a custom column, once it is known what the column holds.

    A date that lies at or after ``as_of`` is missing: whether it was entered before or after, nobody can tell.
    """
    wording = _WORDINGS[content]
    return Feature(
        name=f"{'lead' if table == 'leads' else 'company'}_{plain_name(column)}",
        unit=_UNITS[content],
        group="fit",
        wording=Wording(wording.en.format(column), wording.ja.format(column)),
        missing=NOT_KNOWN,
        measure=_measure(table, column, content),
    )


def _measure(table: CustomTable, column: str, content: Content) -> Measure:
    def text(view: View) -> TextColumn:
        return view.lead_text(column) if table == "leads" else view.company_text(column)

    if content == "category":
        return text
    if content == "date":
        return lambda view: _days_since(view, text(view))
    number_of = {"number": numbers, "flag": flags, "text": characters}[content]
    return lambda view: text(view).numbers(number_of)


def _days_since(view: View, column: TextColumn) -> FloatArray:
    instants = np.append(dates(column.names), MISSING_MS)[column.codes]
    return view.days_since(np.where(instants < view.snapshots.as_of_ms, instants, MISSING_MS))
