"""The tables of the notebooks: each a tidy frame with the sentence that says what to see in it."""

from collections.abc import Sequence

import pandas as pd

from models.bant import OVERALLS
from models.lead_score import LeadScore
from models.score_map import GRADES
from training.report.vocabulary import Vocabulary
from training.review.disagreements import HIGH, LOW, Disagreements
from training.review.frame_table import frame_table
from training.review.pattern import Pattern
from training.review.patterns import patterns_frame
from training.review.shown import Shown, said
from training.review.what_if import WhatIf

MOST_ROWS = 8
_LEAST_LEADS = 5


def patterns_table(patterns: Sequence[Pattern], names: dict[str, str], words: Vocabulary) -> Shown:
    """Show the clearest patterns, and whether outcomes show them as well."""
    if not patterns:
        return said(words("pattern.none"))
    frame = patterns_frame(patterns[:MOST_ROWS], names)
    is_joint = patterns[0].other is not None
    shown = frame if is_joint else frame.drop(columns="other")
    return frame_table(shown, words, words("pattern.table_joint" if is_joint else "pattern.table_bend"))


def what_if_table(tried: WhatIf, words: Vocabulary) -> Shown:
    """Show what was changed, and who can bring it about."""
    shown = tried.inputs[["table", "input", "value", "can_change", "why"]]
    return frame_table(shown, words, words("what_if.inputs"), (words("what_if.note"),))


def questions_table(questions: pd.DataFrame, words: Vocabulary) -> Shown:
    """Show what there is to learn from each open question."""
    if questions.empty:
        return said(words("question.none"))
    caption = words("question.caption", leads=words.numerals.count(questions["leads"].max()))
    return frame_table(questions, words, caption, (words("question.note"),))


def tightening_table(tightenings: pd.DataFrame, days_before: int, words: Vocabulary) -> Shown:
    """Show what stricter rules would do, and say what the one would that drops most."""
    if tightenings.empty or not tightenings["moved"].any():
        return said(words("tightening.none", days=days_before))
    most = tightenings.sort_values("moved", kind="stable").iloc[-1]
    caption = words(
        "tightening.sentence",
        rule=most["tightening"],
        moved=words.numerals.count(most["moved"]),
        before=words.numerals.count(most["qualified_before"]),
        moved_rate=words.numerals.percent(most["moved_rate"]),
        kept_rate=words.numerals.percent(most["kept_rate"]),
    )
    return frame_table(tightenings, words, caption)


def routes_table(scores: Sequence[LeadScore], words: Vocabulary) -> Shown:
    """Show how many leads each grade and outcome of the gates has, and where they are sent."""
    frame = pd.DataFrame(
        [(score.answer.rank.grade, score.gates.overall, score.recommendation) for score in scores],
        columns=["grade", "overall", "recommendation"],
    )
    rows = [
        {
            "grade": grade,
            "gates": OVERALLS[overall].in_language(words.language),
            "leads": len(cell),
            "route": cell["recommendation"].iloc[0].text.in_language(words.language),
        }
        for grade in GRADES
        for overall in OVERALLS
        if len(cell := frame[(frame["grade"] == grade) & (frame["overall"] == overall)])
    ]
    most = max(rows, key=lambda row: int(row["leads"]), default=None)
    if most is None:
        return said(words("routes.none"))
    caption = words(
        "routes.caption",
        leads=words.numerals.count(len(frame)),
        grade=most["grade"],
        gates=most["gates"],
        most=words.numerals.count(most["leads"]),
    )
    return frame_table(pd.DataFrame(rows), words, caption)


def given_table(given: pd.DataFrame, words: Vocabulary) -> Shown:
    """Show the latest of what the service has answered about a lead."""
    if given.empty:
        return said(words("store.none"))
    latest = given.tail(MOST_ROWS).drop(columns=["lead_id", "route"])
    return frame_table(_with_gates(latest, words), words, words("store.caption", lead=given["lead_id"].iloc[0]))


def reasons_table(found: Disagreements, words: Vocabulary) -> Shown:
    """Show why leads graded A were lost, and say which reason is more common there than among all lost leads."""
    reasons = found.reasons_of_loss()
    told = reasons[reasons["leads"] >= _LEAST_LEADS]
    if told.empty:
        return said(words("disagree.reasons_none"))
    most = told.sort_values("lift", kind="stable").iloc[-1]
    caption = words(
        "disagree.reasons_caption",
        reason=most["lost_reason"],
        lift=words.numerals.times(most["lift"]),
        leads=words.numerals.count(most["leads"]),
    )
    return frame_table(reasons, words, caption)


def _with_gates(frame: pd.DataFrame, words: Vocabulary) -> pd.DataFrame:
    said_of = {overall: wording.in_language(words.language) for overall, wording in OVERALLS.items()}
    return frame.assign(gates=frame["gates"].map(said_of))


def high_and_lost_table(found: Disagreements, words: Vocabulary) -> Shown:
    """Show the likeliest leads among those that were lost."""
    graded = found.leads[found.leads["grade"] == HIGH]
    chosen = found.leads[found.high_and_lost].sort_values("probability", ascending=False, kind="stable")
    return _listed(chosen, len(graded), "disagree.high_lost", words)


def low_and_won_table(found: Disagreements, words: Vocabulary) -> Shown:
    """Show the least likely leads among those that were won."""
    graded = found.leads[found.leads["grade"] == LOW]
    chosen = found.leads[found.low_and_won].sort_values("probability", kind="stable").drop(columns="lost_reason")
    return _listed(chosen, len(graded), "disagree.low_won", words)


def uncalled_table(leads: pd.DataFrame, words: Vocabulary) -> Shown:
    """Show the likeliest open leads that nobody has talked to."""
    graded = leads[leads["grade"] == HIGH]
    chosen = _with_gates(graded[graded["talked_at"].isna()].drop(columns=["talked_at", "route"]), words)
    return _listed(chosen, len(graded), "disagree.uncalled", words)


def _listed(chosen: pd.DataFrame, graded: int, key: str, words: Vocabulary) -> Shown:
    share = len(chosen) / graded if graded else float("nan")
    count, percent = words.numerals.count, words.numerals.percent
    if chosen.empty:
        return said(words(f"{key}_none", graded=count(graded)))
    caption = words(f"{key}_caption", count=count(len(chosen)), graded=count(graded), share=percent(share))
    shown = chosen.head(MOST_ROWS).drop(columns=["won", "is_lost"], errors="ignore").dropna(axis="columns", how="all")
    return frame_table(shown, words, caption)
