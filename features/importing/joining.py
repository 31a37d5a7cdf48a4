"""Rows of another file found by a key."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import IntArray
from features.faults import Fault
from features.importing.clock_text import clock_order
from features.importing.column_rule import Join
from features.importing.findings import AbsentFinding, Findings, JoinFinding
from features.importing.source_table import SourceTable
from features.importing.translating import mended

_REPEATED = "a join finds one row for each of its keys"


@dataclass(frozen=True)
class _Searched:
    """The file that is searched: each key once, what it gives, and the keys that stand there several times."""

    keys: pa.Array
    gives: pa.Array
    repeated: pa.Array


class Joiner:
    """Follows joins from file to file.

    Parameters
    ----------
    tables : dict of str to SourceTable
        By the mapping's names for the files; a file that is absent gives nothing.
    findings : Findings
        Told what was found.
    """

    def __init__(self, tables: dict[str, SourceTable], findings: Findings) -> None:
        self._tables = tables
        self._findings = findings
        self._searched: dict[str, _Searched | None] = {}

    def follow(self, join: Join, keys: pa.Array, place: tuple[str, str]) -> pa.Array:
        """Return what a join gives for each key, missing where there is no key or nothing is found.

        Parameters
        ----------
        join : Join
            The join.
        keys : pyarrow.Array
            Text.
        place : tuple of str
            The file and the column that the keys are from.
        """
        searched = self._search(join)
        if searched is None:
            return pa.nulls(len(keys), pa.large_string())
        keys = keys if join.translation is None else mended(keys, join.translation)
        at = pc.index_in(keys, value_set=searched.keys)
        at = pc.if_else(pc.is_valid(keys), at, pa.scalar(None, at.type))
        self._tell(join, searched, keys, at, place)
        return searched.gives.take(at)

    def _search(self, join: Join) -> _Searched | None:
        if join.name not in self._searched:
            self._searched[join.name] = self._prepared(join)
        return self._searched[join.name]

    def _prepared(self, join: Join) -> _Searched | None:
        table = self._tables.get(join.file)
        if table is None:
            return None
        key, gives = (next(filter(None, map(table.named, names)), None) for names in (join.key, join.gives))
        if key is None or gives is None:
            self._tell_lacking(join, table, (join.key if key is None else join.gives)[0])
            return None
        rows = self._rows(join, table, key)
        keys = table.text(key).take(pa.array(rows))
        distinct, first, counts = _first_places(keys)
        return _Searched(distinct, table.text(gives).take(pa.array(rows[first])), distinct.filter(pa.array(counts > 1)))

    def _rows(self, join: Join, table: SourceTable, key: str) -> IntArray:
        """Return the rows to be searched, the one to be taken first."""
        kept = np.asarray(pc.is_valid(table.text(key)), dtype=np.bool_)
        for rule in join.only:
            meant = table.meant(rule)
            if meant is not None:
                kept &= meant
        rows = np.flatnonzero(kept)
        order = table.named(join.order) if join.order else None
        if order is not None:
            rows = rows[np.argsort(clock_order(table.text(order))[rows], kind="stable")]
        return rows[::-1] if join.matches == "last" else rows

    def _tell(self, join: Join, searched: _Searched, keys: pa.Array, at: pa.Array, place: tuple[str, str]) -> None:
        missed = keys.filter(pc.and_(pc.is_valid(keys), pc.is_null(at)))
        counts = len(keys) - keys.null_count, len(at) - at.null_count
        example = _example(missed, searched.keys) if len(missed) else ""
        self._findings.joins.append(JoinFinding(join.name, join.line, place, *counts, example, join.may_miss))
        if join.matches == "one":
            self._tell_repeated(join, searched, keys, ".".join(place))

    def _tell_lacking(self, join: Join, table: SourceTable, column: str) -> None:
        self._findings.absent.append(AbsentFinding(table.file, column, f"joins.{join.name}", join.line))
        if not join.may_miss:
            rule = f"the column {column} is there, for the join {join.name}"
            self._fault(join, table.file, rule, "none of that name", "Export it")

    def _tell_repeated(self, join: Join, searched: _Searched, keys: pa.Array, target: str) -> None:
        meant = keys.filter(pc.is_in(keys, value_set=searched.repeated)) if len(searched.repeated) else keys.slice(0, 0)
        if len(meant):
            distinct = len(pc.unique(meant))
            found = f"several for {distinct:,} of them, such as {meant[0].as_py()!r}"
            self._fault(join, target, _REPEATED, found, 'Remove the repeats, or write matches = "first" or "last"')

    def _fault(self, join: Join, place: str, rule: str, found: str, remedy: str) -> None:
        told = f"{remedy}, below [joins.{join.name}] in {self._findings.line(join.line)}."
        fault = Fault(place, None, rule, found, told)
        if fault not in self._findings.faults:
            self._findings.faults.append(fault)


def _first_places(keys: pa.Array) -> tuple[pa.Array, IntArray, IntArray]:
    """Return the distinct keys in the order of their first row, that row, and how many rows each has."""
    encoded = keys.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    distinct, first, counts = np.unique(codes, return_index=True, return_counts=True)
    return encoded.dictionary.take(pa.array(distinct)).cast(pa.large_string()), first, counts


def _example(missed: pa.Array, searched: pa.Array) -> str:
    other = f"a key there is {searched[0].as_py()!r}" if len(searched) else "there are no keys there"
    return f"{missed[0].as_py()!r}, where {other}"
