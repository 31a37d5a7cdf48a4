"""From raw cells to validated frames: every door leads through here."""

from features.validation.header import nearest
from features.validation.raw import RawTable, Rule, raw_from_frame
from features.validation.source import ValidTables, validate
from features.validation.text import text_of

__all__ = ["RawTable", "Rule", "ValidTables", "nearest", "raw_from_frame", "text_of", "validate"]
