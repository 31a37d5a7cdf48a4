"""Rows of a canonical table on their way: taken, put together, or made several of."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray, IntArray
from features.importing.clock_text import clock_order
from features.importing.mapping import TableRule
from features.importing.source_table import SourceTable
from features.schema import SCHEMAS, column_kind

_SEPARATORS: Final = r"[;,|\s]+"
_IDS: Final = {"deals": "deal_id"}
"""Tables whose rows have an id, which tells several rows made of one apart."""


@dataclass(frozen=True)
class FilledRows:
    """What one rule made.

    Attributes
    ----------
    rule : TableRule
        The rule.
    source : SourceTable
        The row of the file behind each row.
    columns : dict of str to pyarrow.Array
        Cells by canonical name.
    places : dict of str to tuple
        The column of the file behind each canonical one, with the line of the mapping that says so.
    """

    rule: TableRule
    source: SourceTable
    columns: dict[str, pa.Array]
    places: dict[str, tuple[str, int]]

    def take(self, rows: IntArray) -> "FilledRows":
        """Return some of the rows."""
        if len(rows) == len(self.source) and (np.diff(rows) == 1).all():
            return self
        columns = {name: cells.take(pa.array(rows)) for name, cells in self.columns.items()}
        return FilledRows(self.rule, self.source.rows_only(rows), columns, self.places)

    def has(self, column: str) -> BoolArray:
        """Return which rows hold something in a column."""
        if column not in self.columns:
            return np.zeros(len(self.source), dtype=np.bool_)
        return np.asarray(pc.is_valid(self.columns[column]), dtype=np.bool_)

    def with_one_row_per(self, column: str) -> "FilledRows":
        """Put rows with the same value together: of each column the first cell that is filled."""
        keys = self.columns[column].dictionary_encode().indices.to_numpy(zero_copy_only=False)
        firsts = np.sort(np.unique(keys, return_index=True)[1])
        columns = {}
        for name, cells in self.columns.items():
            filled = np.flatnonzero(self.has(name))
            first_filled = pd.Series(filled).groupby(keys[filled]).first()
            at = first_filled.reindex(keys[firsts]).to_numpy(dtype=np.float64)
            columns[name] = cells.take(pa.array(at, from_pandas=True).cast(pa.int64()))
        return FilledRows(self.rule, self.source.rows_only(firsts), columns, self.places)

    def changes_of(self, column: str) -> "FilledRows":
        """Take the rows of a lead, in the order of time, where a column differs from the row before."""
        time = next(
            name for name, declared in SCHEMAS[self.rule.table].columns.items() if column_kind(declared) == "time"
        )
        rows = pd.DataFrame({"lead": self.columns["lead_id"].to_pandas(), "value": self.columns[column].to_pandas()})
        rows = rows.assign(time=clock_order(self.columns[time])).sort_values(["lead", "time"], kind="stable")
        is_same = rows["value"].eq(rows.groupby("lead")["value"].shift())
        return self.take(np.sort(rows.index[~is_same].to_numpy(dtype=np.int64)))


def one_row_each(table: SourceTable, rule: TableRule) -> SourceTable:
    """Return a row for each id of a column that lists them; a row without any stays one."""
    column = next(filter(None, map(table.named, rule.each)), None)
    if column is None:
        return table
    lists = pc.split_pattern_regex(pc.fill_null(table.text(column), ""), pattern=_SEPARATORS)
    rows = pc.list_parent_indices(lists).to_numpy()
    ids = pc.list_flatten(lists)
    repeated = table.take(rows)
    repeated.texts[column] = pc.if_else(pc.equal(ids, ""), pa.scalar(None, ids.type), ids)
    return repeated


def first_ids(cells: pa.Array) -> pa.Array:
    """Return the first id of each cell that lists them."""
    return pc.replace_substring_regex(cells, f"{_SEPARATORS}.*$", "")


def told_apart(filled: FilledRows) -> FilledRows:
    """Return the rows with numbers in the ids of those that were one: the second of deal 7 is 7/2."""
    name = _IDS.get(filled.rule.table)
    if name is None or not filled.rule.each or name not in filled.columns:
        return filled
    ids = filled.columns[name].to_pandas()
    number = ids.groupby([ids, filled.source.row_numbers, filled.source.file_of_row]).cumcount() + 1
    numbered = ids.where(number == 1, ids + "/" + number.astype("str"))
    columns = {**filled.columns, name: pa.array(numbered, pa.large_string(), from_pandas=True)}
    return FilledRows(filled.rule, filled.source, columns, filled.places)
