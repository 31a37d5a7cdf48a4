"""Business rules in TOML that people edit: read strictly, every mistake told at once with its line and a suggestion."""

from features.rules_file.mistake import Mistake, RulesError
from features.rules_file.reader import RulesReader, read_rules
from features.rules_file.section import Section

__all__ = ["Mistake", "RulesError", "RulesReader", "Section", "read_rules"]
