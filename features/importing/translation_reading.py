"""The part of a mapping that says what values become."""

from collections.abc import Mapping

from features.importing.column_rule import Translation
from features.importing.folded import folded_value
from features.rules_file import Section

UNKNOWN = "unknown"
"""The key for values that mean that nothing is known."""


def translations_of(section: Section) -> dict[str, Translation]:
    """Read the translations by name."""
    return {name: _translation(section.section(name), name) for name in section.free_keys()}


def translation_named(section: Section, translations: Mapping[str, Translation]) -> Translation | None:
    """Read which translation is meant, None where no key says so."""
    name = section.text("values", otherwise="-")
    if name not in translations and name != "-":
        remedy = f"Write it below a line [values.{name}], or use one of {', '.join(translations) or 'none so far'}."
        section.note("values", "every name stands below [values]", remedy, found=repr(name))
    return translations.get(name)


def _translation(section: Section, name: str) -> Translation:
    targets: dict[str, str | None] = {}
    for target in section.free_keys():
        for value in section.texts(target):
            if folded_value(value) in targets:
                rule = "every value stands once, in whatever case or width"
                section.note(target, rule, "Keep one of them.", found=repr(value))
            targets[folded_value(value)] = None if target == UNKNOWN else target
    return Translation(name, targets, section.line())
