"""What a mapping makes of an export, told on the terminal before anything is trained."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from features.importing import Findings
from features.importing.drop_reason import DROP_REASONS
from features.importing.findings import ColumnFinding, Fate
from features.schema import SCHEMAS
from features.tables import Tables
from features.wording import Language, Wording

_MOST_SHOWN: Final = 30
_FILES: Final = Wording("Files", "ファイル")
_ROWS: Final = Wording("Rows made of them", "作成された行")
_COLUMNS: Final = Wording("Columns that are read", "読み取られる項目")
_CUSTOM: Final = Wording("Kept as custom fields", "カスタム項目として残す項目")
_DROPPED: Final = Wording("Dropped, and why", "除外される項目とその理由")
_UNREAD: Final = Wording("Not read", "読み取られない項目")
_ABSENT: Final = Wording("Not in the export", "エクスポートにない項目")
_JOINS: Final = Wording("Joins", "結合")
_VALUES: Final = Wording("Values without a mapping", "対応付けのない値")
_HEADS: Final = {
    "file": Wording("file", "ファイル"),
    "kind": Wording("read as", "種類"),
    "rows": Wording("rows", "行数"),
    "left_out": Wording("left out", "除外"),
    "table": Wording("table", "テーブル"),
    "made": Wording("made", "作成"),
    "lacking": Wording("lacking something", "不足"),
    "line": Wording("line", "行番号"),
    "column": Wording("column", "項目"),
    "becomes": Wording("becomes", "変換先"),
    "reason": Wording("reason", "理由"),
    "join": Wording("join", "結合"),
    "found": Wording("found", "一致"),
    "value": Wording("value", "値"),
    "first_row": Wording("first row", "最初の行"),
    "fate": Wording("becomes", "扱い"),
}
_READY: Final = Wording("Ready to train on", "学習に使えます")
_KEPT: Final = Wording("kept as it is", "そのまま残す")
_NOT_KEPT: Final = Wording("left blank, or refused", "空欄または拒否")
_NUMBERS: Final = frozenset({"rows", "left_out", "made", "lacking", "line", "found", "first_row"})

Rows = Iterable[tuple[str, ...]]


def show_import(console: Console, findings: Findings, language: Language) -> None:
    """Print what becomes of every file, row, column, join and value; a part without anything to tell is left out."""
    tell = _Telling(console, language)
    tell.table(_FILES, ("file", "kind", "rows", "left_out"), _files(findings))
    tell.table(_ROWS, ("table", "file", "rows", "made", "lacking", "line"), _rows(findings))
    tell.table(_COLUMNS, ("file", "column", "becomes"), _columns(findings, "mapped"))
    tell.table(_CUSTOM, ("file", "column", "becomes"), _columns(findings, "custom"))
    tell.table(_DROPPED, ("file", "column", "reason"), _dropped(findings, language))
    tell.table(_JOINS, ("join", "file", "column", "rows", "found", "line"), _joins(findings))
    tell.table(_VALUES, ("file", "column", "value", "rows", "first_row", "fate", "line"), _values(findings, language))
    tell.listed(_UNREAD, (f"{one.file}.{one.column}" for one in _of_fate(findings, "unread")))
    tell.listed(_ABSENT, (f"{one.file}.{one.column} ({one.target})" for one in findings.absent))


def show_ready(console: Console, tables: Tables, language: Language) -> None:
    """Print how many rows each table has, and that they can be trained on."""
    counts = ", ".join(f"{name} {len(getattr(tables, name)):,}" for name in SCHEMAS if name in tables.present)
    console.print(f"{_READY.in_language(language)}: {counts}", highlight=False, soft_wrap=True)


class _Telling:
    """Prints in one language."""

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._language = language

    def table(self, title: Wording, heads: Sequence[str], rows: Rows) -> None:
        rows = list(rows)
        if not rows:
            return
        table = Table(title=self._in_words(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for head in heads:
            is_number = head in _NUMBERS
            table.add_column(
                self._in_words(_HEADS[head]),
                justify="right" if is_number else "left",
                overflow="fold",
                no_wrap=is_number,
            )
        for row in rows:
            table.add_row(*map(escape, row))
        self._console.print(table)

    def listed(self, title: Wording, names: Iterable[str]) -> None:
        names = list(names)
        if names:
            more = f", ... ({len(names):,})" if len(names) > _MOST_SHOWN else ""
            told = f"{self._in_words(title)}: {', '.join(names[:_MOST_SHOWN])}{more}\n"
            self._console.print(escape(told), highlight=False, soft_wrap=True)

    def _in_words(self, wording: Wording) -> str:
        return wording.in_language(self._language)


def _files(findings: Findings) -> Rows:
    return ((one.file, one.kind, f"{one.rows:,}", f"{one.left_out:,}") for one in findings.files)


def _rows(findings: Findings) -> Rows:
    for one in findings.rows:
        yield one.table, one.file, f"{one.rows:,}", f"{one.made:,}", f"{one.lacking:,}", str(one.line)


def _of_fate(findings: Findings, fate: Fate) -> list[ColumnFinding]:
    return [one for one in findings.columns if one.fate == fate]


def _columns(findings: Findings, fate: Fate) -> Rows:
    return ((one.file, one.column, ", ".join(one.becomes)) for one in _of_fate(findings, fate))


def _dropped(findings: Findings, language: Language) -> Rows:
    for one in _of_fate(findings, "dropped"):
        if one.reason is not None:
            yield one.file, one.column, DROP_REASONS[one.reason].in_language(language)


def _joins(findings: Findings) -> Rows:
    for one in findings.joins:
        if one.keys:
            yield one.join, *one.place, f"{one.keys:,}", f"{one.found / one.keys:.1%}", str(one.line)


def _values(findings: Findings, language: Language) -> Rows:
    for one in findings.values:
        fate = (_KEPT if one.is_kept else _NOT_KEPT).in_language(language)
        yield one.file, one.column, one.value, f"{one.rows:,}", f"{one.first_row:,}", fate, str(one.line)
