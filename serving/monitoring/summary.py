"""What the watch found, on the terminal."""

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from features.wording import Language, Wording
from serving.monitoring.check import Check, State
from serving.telling import say

_MARKS: Final[dict[State, Wording]] = {
    "fine": Wording("✓ fine", "✓ 問題なし"),
    "alarm": Wording("▲ act", "▲ 要対応"),
    "unknown": Wording("· too early", "・判定前"),
}
_STYLES: Final[dict[State, str]] = {"fine": "green", "alarm": "bold red", "unknown": "dim"}
_NONE: Final = Wording("Nothing needs a person.", "対応が必要な項目はありません。")
_SOME: Final = Wording("Needs a person: {count}. What to do:", "対応が必要な項目：{count}件。次の対応をお願いします。")


def show_checks(console: Console, checks: Sequence[Check], language: Language) -> None:
    """Print every rule with what it came to, and what is to be done."""
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in checks:
        mark = f"[{_STYLES[check.state]}]{_MARKS[check.state].in_language(language)}[/]"
        table.add_row(mark, check.title.in_language(language), escape(check.found.in_language(language)))
    console.print(table)
    alarms = [check for check in checks if check.needs_person]
    say(console, (_SOME if alarms else _NONE).in_language(language).format(count=len(alarms)))
    for check in alarms:
        say(console, f"- {check.title.in_language(language)}: {check.next_step.in_language(language)}")
