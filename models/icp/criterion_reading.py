"""The fit part of ``icp.toml``."""

import math
from collections.abc import Iterator
from typing import Final

from features.catalogue import FEATURES, CustomTable, Feature, custom_feature
from features.custom_content import Content
from features.rules_file import Section
from features.schema import SCHEMAS, allowed_values
from features.validation import nearest
from models.icp.activity_reading import MOST_POINTS
from models.icp.criterion import Criterion, Range, RangeCriterion, ValueCriterion, comparable

CRITERIA: Final = (
    *("industry", "employees", "annual_revenue", "company_age_years", "country", "region", "language"),
    *("seniority", "department", "email_domain_kind", "source", "campaign"),
)
"""Features of the catalogue that say who a lead is and where it came from."""

_CUSTOM: Final[dict[str, CustomTable]] = {"lead": "leads", "company": "companies"}
_ANY_OTHER: Final = "*"
_CLOSED: Final = {"email_domain_kind": allowed_values(SCHEMAS["leads"].columns["email_domain_kind"])}


def criteria_of(section: Section) -> tuple[Criterion, ...]:
    """Read the points of every criterion."""
    criteria: list[Criterion] = []
    for name in section.free_keys():
        if name in _CUSTOM:
            criteria.extend(_custom(section.section(name), _CUSTOM[name]))
        elif name in CRITERIA:
            criteria.append(_criterion(section, name, FEATURES[name]))
        else:
            section.note(name, "every criterion is a known one", _remedy(name), found=repr(name))
    return tuple(criteria)


def _remedy(name: str) -> str:
    near = nearest(name, (*CRITERIA, *_CUSTOM))
    if near is not None:
        return f"Did you mean {near!r}?"
    return f"Known: {', '.join(CRITERIA)}. A custom field is written as [fit.lead.{name}] or [fit.company.{name}]."


def _custom(section: Section, table: CustomTable) -> Iterator[Criterion]:
    for column in section.free_keys():
        if column in SCHEMAS[table].columns:
            near = f"Write [fit.{column}]." if column in CRITERIA else "This column cannot earn points."
            section.note(column, "a custom field is required", near, found=f"a column of the {table} table")
        else:
            content: Content = "number" if section.is_list(column) else "category"
            yield _criterion(section, column, custom_feature(table, column, content))


def _criterion(section: Section, name: str, feature: Feature) -> Criterion:
    if feature.unit == "category":
        return _value_criterion(section.section(name), name, feature)
    return RangeCriterion(feature, _ranges(section, name))


def _value_criterion(section: Section, name: str, feature: Feature) -> ValueCriterion:
    points: dict[str, float] = {}
    otherwise = section.number(_ANY_OTHER, least=-MOST_POINTS, most=MOST_POINTS, otherwise=0.0)
    for value in section.free_keys():
        if value != _ANY_OTHER:
            _check_value(section, name, value, points)
            points[comparable(value)] = section.number(value, least=-MOST_POINTS, most=MOST_POINTS)
    return ValueCriterion(feature, points, otherwise)


def _check_value(section: Section, criterion: str, value: str, earlier: dict[str, float]) -> None:
    if comparable(value) in earlier:
        section.note(
            value, "every value stands once, in whatever case or width", "Keep one of them.", found=repr(value)
        )
    known = _CLOSED.get(criterion)
    if known and comparable(value) not in known:
        near = nearest(value, known)
        remedy = f"One of {', '.join(known)}." if near is None else f"Did you mean {near!r}?"
        section.note(value, "every value is a known one", remedy, found=repr(value))


def _ranges(section: Section, name: str) -> tuple[Range, ...]:
    parts = section.sections(name)
    ranges = [_range(part) for part in parts]
    for place, part in enumerate(ranges):
        for earlier in ranges[:place]:
            if part.at_least < earlier.below and earlier.at_least < part.below:
                parts[place].note(
                    "", "no range overlaps another", "Let it begin where the other ends.", found=_shown(part)
                )
    return tuple(ranges)


def _range(section: Section) -> Range:
    at_least = section.number("at_least") if "at_least" in section else -math.inf
    below = section.number("below") if "below" in section else math.inf
    if at_least >= below:
        section.note("below", f"a number above at_least ({at_least:g}) is required", "Swap or move them.")
    return Range(at_least, below, section.number("points", least=-MOST_POINTS, most=MOST_POINTS))


def _shown(part: Range) -> str:
    return f"{part.at_least:,g} to {part.below:,g}"
