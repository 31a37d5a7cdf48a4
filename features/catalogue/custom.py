"""Features of the custom fields of a source."""

from typing import Final, TypeAlias

from features.catalogue.feature import Feature, Measure, Unit, plain_name
from features.catalogue.numerals import duration
from features.catalogue.sentence import (
    CategorySentence,
    NumberSentence,
    Sentence,
    escaped,
    labelled,
    not_known,
    yes_or_no,
)
from features.catalogue.text_measure import TextMeasure
from features.custom_content import Content, characters, flags, numbers
from features.seen import AttributeTable
from features.wording import Wording

CustomTable: TypeAlias = AttributeTable

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
        missing=_missing(column, content),
        measure=_measure(table, column, content),
        sentence=_sentence(column, content),
    )


def _missing(column: str, content: Content) -> Wording:
    if content == "date":
        return Wording(f"{column}: not known, or still to come", f"{column}：不明、または未到来")
    return not_known(Wording(column, column))


def _sentence(column: str, content: Content) -> Sentence:
    """Say the value under the column's own name."""
    label, name = Wording(column, column), escaped(column)
    if content == "category":
        return CategorySentence(label)
    if content == "number":
        return labelled(label)
    if content == "flag":
        return yes_or_no(Wording(f"{name}: yes", f"{name}：はい"), Wording(f"{name}: no", f"{name}：いいえ"))
    if content == "date":
        return NumberSentence(Wording(f"{name}: {{}} ago", f"{name}：{{}}前"), duration)
    many, one = (
        Wording(f"{name}: {{}} characters", f"{name}：{{}}文字"),
        Wording(f"{name}: 1 character", f"{name}：1文字"),
    )
    return NumberSentence(many, one=one)


def _measure(table: CustomTable, column: str, content: Content) -> Measure:
    text = TextMeasure(table, column)
    if content == "category":
        return text
    if content == "date":
        return lambda view: view.days_since_date(table, column)
    number_of = {"number": numbers, "flag": flags, "text": characters}[content]
    return lambda view: text(view).numbers(number_of)
