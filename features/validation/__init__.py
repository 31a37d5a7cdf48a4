"""From raw cells to validated frames: every door leads through here."""

from features.validation.closing import CLOSED_AFTER_CREATED, DECIDED, OPEN_IS_NOT_CLOSED
from features.validation.header import nearest
from features.validation.marks import marks, matching
from features.validation.numbers import parse_numbers
from features.validation.origin import Origin
from features.validation.raw import RawTable, Rule, raw_from_frame
from features.validation.source import ValidTables, validate
from features.validation.text import as_text, stripped, text_of
from features.validation.times import ParsedTimes, parse_times

__all__ = [
    "CLOSED_AFTER_CREATED",
    "DECIDED",
    "OPEN_IS_NOT_CLOSED",
    "Origin",
    "ParsedTimes",
    "RawTable",
    "Rule",
    "ValidTables",
    "as_text",
    "marks",
    "matching",
    "nearest",
    "parse_numbers",
    "parse_times",
    "raw_from_frame",
    "stripped",
    "text_of",
    "validate",
]
