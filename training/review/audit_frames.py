"""What the audit of columns found, as the champion's run keeps it."""

from typing import Final

import pandas as pd

from features.wording import Language
from training.report.vocabulary import Vocabulary
from training.review.frame_table import frame_table
from training.review.shown import Shown, said

_ORDER: Final = {"drop": 0, "warn": 1, "keep": 2}


def audit_frame(audit: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return the verdicts, those that somebody should know of first.

    Returns
    -------
    pandas.DataFrame
        ``column`` with its table, ``verdict`` (``drop``, ``warn`` or ``keep``), ``auc_forward`` and ``auc_random`` of
        the column alone, ``psi`` (its drift), ``evidence`` in words. NaN where a figure is not defined.
    """
    if audit.empty:
        return pd.DataFrame(columns=["column", "verdict", "auc_forward", "auc_random", "psi", "evidence"])
    named = audit.assign(
        column=audit["table"] + "." + audit["column"],
        evidence=audit["evidence_ja" if language == "ja" else "evidence"],
        order=audit["verdict"].map(_ORDER),
    )
    ordered = named.sort_values(["order", "auc_random"], ascending=[True, False], kind="stable", ignore_index=True)
    return ordered.reindex(columns=["column", "verdict", "auc_forward", "auc_random", "psi", "evidence"])


def audit_table(frame: pd.DataFrame, words: Vocabulary, most_kept: int = 5) -> Shown:
    """Show what was dropped and what deserves a look, and the best of what was kept."""
    if frame.empty:
        return said(words("drift.none"))
    kept = frame[frame["verdict"] == "keep"].head(most_kept)
    counts = frame["verdict"].value_counts()
    caption = words("audit.table_caption", drop=counts.get("drop", 0), warn=counts.get("warn", 0), all=len(frame))
    shown = pd.concat([frame[frame["verdict"] != "keep"], kept], ignore_index=True)
    return frame_table(shown.assign(verdict=[words(f"verdicts.{one}") for one in shown["verdict"]]), words, caption)
