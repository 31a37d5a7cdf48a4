"""What someone needs who wants to check or repeat the run."""

from collections.abc import Mapping

from training.report.data import DescribedFeature, ReportData
from training.report.parts import Block, Cell, Column, Section, Table
from training.report.vocabulary import Vocabulary


def appendix_section(report: ReportData, words: Vocabulary) -> Section:
    """List features, parameters and fingerprint."""
    blocks: list[Block] = [_features(report.features, words)] if report.features else []
    blocks += _pairs(report.parameters, "appendix.parameters", words)
    blocks += _pairs(report.fingerprint, "appendix.fingerprint", words)
    return Section("appendix", words("appendix.title"), tuple(blocks))


def _features(features: tuple[DescribedFeature, ...], words: Vocabulary) -> Table:
    keys = ("feature", "name", "group", "unit", "missing")
    columns = tuple(Column(words(f"appendix.{key}")) for key in keys)
    caption = words("appendix.features", count=words.numerals.count(len(features)))
    return Table(caption, columns, tuple(_feature_row(feature, words) for feature in features))


def _feature_row(feature: DescribedFeature, words: Vocabulary) -> tuple[Cell, ...]:
    missing = feature.missing
    return (
        Cell(feature.wording.in_language(words.language)),
        Cell(feature.name, code=True),
        Cell(words.either(f"group.{feature.group}", feature.group)),
        Cell(words.either(f"unit.{feature.unit}", feature.unit)),
        Cell(words("appendix.never_missing") if missing is None else missing.in_language(words.language)),
    )


def _pairs(pairs: Mapping[str, object], key: str, words: Vocabulary) -> list[Block]:
    if not pairs:
        return []
    columns = (Column(words("appendix.entry"), width="name"), Column(words("appendix.content")))
    rows = tuple((Cell(name, code=True), Cell(str(value), code=True)) for name, value in pairs.items())
    return [Table(words(key), columns, rows)]
