"""A year of the loop, from the first training to the way back: ``python -m benchmarks.year``."""

import json
import re
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.serving.engines import running
from benchmarks.year.load import Load
from benchmarks.year.market_turn import turned
from benchmarks.year.requests import Crm, export
from benchmarks.year.workplace import Workplace, post, score_all
from features.sample import simulate

_MONTHS: Final = pd.date_range("2025-01-01", periods=13, freq="MS", tz="UTC")
_TURN: Final = _MONTHS[7]
"""The market turns when the eighth month begins."""
_RETRAINED: Final = pd.Timestamp("2026-04-01", tz="UTC")
_EXPORTED: Final = pd.DateOffset(months=18)
"""A CRM's export does not go back for ever; and the newest fifth of it is what versions meet on."""
_UNKNOWN_TO_REQUESTS: Final = (
    "colleagues",
    "active_colleagues",
    "colleague_activities_30d",
    "colleague_responses_90d",
    "colleague_real_contacts_90d",
    "days_since_last_company_activity",
)
"""What a request cannot know of its lead's colleagues, so a model for requests must not learn from it."""
_SEED: Final = 11
_HORIZON_DAYS: Final = "60"
_SECONDS_TO_FOLLOW: Final = 15.0
_VERSION: Final = re.compile(r"\bversion (\d+)")
_DRIFT: Final = {"inputs", "unseen", "calibration", "ranking"}
_OLD: Final = pd.Timestamp("2025-06-01", tz="UTC")
"""Where the export ends that somebody trains on by mistake."""


@dataclass
class Story:
    """What happened, in order: one line each, and what was expected but did not happen."""

    table: Table
    unmet: list[str] = field(default_factory=list)

    def tell(self, day: pd.Timestamp, what: str, came_out: str, *, expected: bool = True) -> None:
        """Add a line."""
        self.table.add_row(f"{day:%Y-%m-%d}", what, came_out, "yes" if expected else "NO")
        if not expected:
            self.unmet.append(what)


def main(
    leads: Annotated[int, typer.Option(min=2_000)] = 8_000,
    keep: Annotated[Path | None, typer.Option(help="Where to leave the pages; else nowhere.")] = None,
) -> None:
    """Play a year with real commands, a real service and a real store; end with 1 where something went otherwise."""
    started = time.perf_counter()
    story = Story(Table("day", "what", "what came out", "as expected", title=f"A year with {leads:,} leads"))
    with tempfile.TemporaryDirectory() as scratch:
        work = Workplace(Path(scratch))
        _play(work, turned(simulate(leads, _SEED), _TURN, _SEED), story)
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            for page in (work.folder / "reports").glob("monitor*"):
                (keep / page.name).write_bytes(page.read_bytes())
    Console(width=140).print(story.table)
    print(f"{time.perf_counter() - started:.0f} s")
    if story.unmet:
        raise typer.Exit(1)


def _play(work: Workplace, tables: Mapping[str, pd.DataFrame], story: Story) -> None:
    crm, first = Crm(tables), _MONTHS[0]
    work.clock.set(first)
    _train(work, tables, first, story, "train")
    with running(work.service(), work.folder) as port:
        drift = _months(work, port, crm, story)
        found = sorted(set.union(*(names for day, names in drift.items() if day > _TURN)))
        story.tell(_MONTHS[-1], "drift found after the market turned", ", ".join(found), expected=bool(found))
        with Load(port, next(crm.scoring(_MONTHS[-1]))) as load:
            _versions(work, tables, load, story)
        answers = ", ".join(f"{count:,} by {version}" for version, count in sorted(load.versions.items()))
        story.tell(
            _RETRAINED, "under load meanwhile", f"{answers}; {load.failed} requests failed", expected=not load.failed
        )


def _months(work: Workplace, port: int, crm: Crm, story: Story) -> dict[pd.Timestamp, set[str]]:
    drift: dict[pd.Timestamp, set[str]] = {}
    for since, day in pairwise(_MONTHS):
        work.clock.set(since + pd.Timedelta(hours=1))
        scored = score_all(port, crm.scoring(since))
        work.clock.set(day)
        answers = [post(port, "/outcomes", outcome) for outcome in crm.decided(since, day)]
        refused = sum("status" in answer for answer in answers)
        told = f"{scored:,} scored, {len(answers):,} outcomes, {refused} refused"
        story.tell(since, "score, then outcomes", told, expected=not refused)
        drift[day] = _monitor(work, day, story)
    return drift


def _monitor(work: Workplace, day: pd.Timestamp, story: Story) -> set[str]:
    """Watch, and return which kinds of drift need a person."""
    page = f"reports/monitor-{day:%Y-%m}.html"
    ended = work.run("serving", "monitor", "--until", day.isoformat(), "--out", page)
    found: dict[str, Any] = json.loads((work.folder / page).with_suffix(".json").read_text(encoding="utf-8"))
    names = [str(check["name"]) for check in found["checks"] if "next_step" in check]
    came_out = ", ".join(names) or "nothing needs a person"
    story.tell(day, "make monitor", came_out, expected=ended.returncode == int(found["needs_person"]))
    return _DRIFT.intersection(names)


def _versions(work: Workplace, tables: Mapping[str, pd.DataFrame], load: Load, story: Story) -> None:
    """Retrain, refuse a worse version, go back: while the service answers."""
    second = _train(work, tables, _RETRAINED, story, "retrain")
    followed = load.wait_for(second, _SECONDS_TO_FOLLOW)
    story.tell(_RETRAINED, "the service follows", f"version {second} answers", expected=followed)
    _train(work, tables, _OLD, story, "train a worse one, on an old export", promoted=False)
    ended = work.run("training", "rollback", REASON="Sales wants to compare.")
    back = load.wait_for("1", _SECONDS_TO_FOLLOW)
    story.tell(_RETRAINED, "make rollback", _line(ended.stdout, "model"), expected=ended.returncode == 0 and back)


def _train(
    work: Workplace,
    tables: Mapping[str, pd.DataFrame],
    day: pd.Timestamp,
    story: Story,
    what: str,
    *,
    promoted: bool = True,
) -> str:
    """Train on what the CRM exports on a day; return the version."""
    folder = f"crm-{day:%Y-%m}"
    export(tables, work.folder / folder, day - _EXPORTED)
    excluded = ",".join(f"features.{name}" for name in _UNKNOWN_TO_REQUESTS)
    settings = {"DATA_END": day.isoformat(), "HORIZON_DAYS": _HORIZON_DAYS, "EXCLUDE": excluded}
    ended = work.run("training", "train", folder, **settings)
    model, decision = _line(ended.stdout, "model"), _line(ended.stdout, "decision")
    told = f"{model}\n{decision}" if model else ended.stderr[-500:]
    story.tell(day, what, told, expected=("alias champion" in model) == promoted)
    found = _VERSION.search(model)
    return found.group(1) if found else ""


def _line(said: str, label: str) -> str:
    return next((line.removeprefix(label).strip() for line in said.splitlines() if line.startswith(label)), "")


if __name__ == "__main__":
    typer.run(main)
