"""Values of a CRM into ours."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa

from features.arrays import IntArray
from features.faults import Fault
from features.importing.column_rule import CellRule, Translation
from features.importing.findings import Findings, ValueFinding
from features.importing.folded import folded_cells, folded_value
from features.importing.source_table import SourceTable

_MOST_TOLD: Final = 20
_LONGEST_SHOWN: Final = 60


def translated(cells: pa.Array, rule: CellRule, table: SourceTable, column: str, findings: Findings) -> pa.Array:
    """Return what each cell becomes.

    A value that the translation does not know is kept, blanked or refused, as the rule says; every one is told.
    """
    translation = rule.translation
    if translation is None:
        return cells
    codes, values = folded_cells(cells)
    texts = cells.dictionary_encode().dictionary.to_pylist()
    places = codes.to_numpy(zero_copy_only=False)
    foreign = [code for code, value in enumerate(values) if not translation.knows(value)]
    told = list(_told(foreign, places, texts, table)) if rule.others != "keep" or len(foreign) <= _MOST_TOLD else []
    findings.values.extend(_finding(one, rule, translation, column) for one in told)
    if rule.others == "refuse":
        findings.faults.extend(_fault(one, translation, column, findings) for one in told[:_MOST_TOLD])
    kept = {code: texts[code] if rule.others == "keep" else None for code in foreign}
    targets = [kept[code] if code in kept else translation.target(value) for code, value in enumerate(values)]
    return pa.array([*targets, None], pa.large_string()).take(pa.array(np.where(places < 0, len(targets), places)))


def mended(cells: pa.Array, translation: Translation) -> pa.Array:
    """Return what each cell becomes; a value that the translation does not know stays."""
    encoded = cells.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    values = map(folded_value, texts)
    targets = [
        translation.target(value) if translation.knows(value) else text
        for text, value in zip(texts, values, strict=True)
    ]
    return pa.array(targets, pa.large_string()).take(encoded.indices)


def _told(
    foreign: list[int], places: IntArray, texts: list[str], table: SourceTable
) -> Iterator[tuple[str, int, int, str]]:
    """Yield each foreign value with its rows, the first of them, and its file; the most frequent first."""
    if not foreign:
        return
    counts = np.bincount(places[places >= 0], minlength=len(texts))
    firsts = np.full(len(texts), -1)
    firsts[places[::-1]] = np.arange(len(places))[::-1]
    for code in sorted(foreign, key=lambda code: -counts[code]):
        first = int(firsts[code])
        file = table.files[table.file_of_row[first]]
        yield _shown(texts[code]), int(counts[code]), int(table.row_numbers[first]), file


def _shown(text: str) -> str:
    """Quote a value, unless it strayed in from a column of addresses or of prose."""
    return "other text" if "@" in text or len(text) > _LONGEST_SHOWN else repr(text)


def _finding(told: tuple[str, int, int, str], rule: CellRule, translation: Translation, column: str) -> ValueFinding:
    value, rows, first_row, file = told
    return ValueFinding(
        file, column, value, rows, first_row, translation.name, translation.line, is_kept=rule.others == "keep"
    )


def _fault(told: tuple[str, int, int, str], translation: Translation, column: str, findings: Findings) -> Fault:
    value, rows, first_row, file = told
    place = f"[values.{translation.name}] in {findings.line(translation.line)}"
    remedy = f"Write it behind what it means below {place}, or behind unknown."
    return Fault(file, column, "every value has a meaning", value, remedy, rows, first_row)
