"""From evidence to a verdict: keep, warn or drop."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from features.wording import Wording
from training.audit.dossier import Dossier
from training.audit.evidence.evidence import Evidence, TellingEvidence
from training.audit.evidence.gain import MOST_OF_ALL

Level: TypeAlias = Literal["keep", "warn", "drop"]

TOO_GOOD: Final = 0.85
"""ROC AUC of one column; what is known before the outcome hardly ever reaches it."""
TOO_GOOD_FOR_ITS_NAME: Final = 0.8
_GOOD: Final = 0.72
_AS_GOOD_AS_THE_OUTCOME: Final = 0.97
_WORTH_A_LOOK: Final = 0.6
NOTHING_FOUND: Final = Wording("Nothing that speaks against it", "問題は見つからなかった")


@dataclass(frozen=True)
class ColumnVerdict:
    """What becomes of a subject.

    Attributes
    ----------
    level : {"keep", "warn", "drop"}
        Whether the model may see it.
    dossier : Dossier
        All evidence.
    reasons : tuple of Evidence
        What the verdict rests on, the weightiest first; empty for most that are kept.
    override : str or None
        The reason that somebody gave for keeping or dropping it against the evidence, or in line with it.
    """

    level: Level
    dossier: Dossier
    reasons: tuple[Evidence, ...]
    override: str | None = None

    @property
    def table(self) -> str:
        """The table of the subject."""
        return self.dossier.subject.table

    @property
    def column(self) -> str:
        """The column, type of activity, question or feature."""
        return self.dossier.subject.column

    @property
    def name(self) -> str:
        """The subject as lists of exclusions name it."""
        return self.dossier.subject.name

    @property
    def wording(self) -> Wording:
        """The evidence in words."""
        if not self.reasons:
            return NOTHING_FOUND
        parts = [reason.wording for reason in self.reasons]
        en = "; ".join(part.en for part in parts)
        return Wording(en[:1].upper() + en[1:], "。".join(part.ja for part in parts))

    def to_json(self) -> dict[str, Any]:
        """Return plain data: the verdict, its evidence in both languages, and every figure."""
        about = {"table": self.table, "column": self.column, "verdict": self.level}
        words = {"evidence": self.wording.en, "evidence_ja": self.wording.ja, "override": self.override}
        figures = {name: value for one in self.dossier.evidence() for name, value in one.figures.items()}
        return {**about, **words, **{name: _plain(value) for name, value in figures.items()}}


def judge(dossier: Dossier) -> ColumnVerdict:
    """Return the verdict on a subject."""
    proofs, doubts = tuple(_proofs(dossier)), tuple(_doubts(dossier))
    if proofs:
        return ColumnVerdict("drop", dossier, _once((*proofs, *_in_support(dossier))))
    return ColumnVerdict("warn" if doubts else "keep", dossier, _once(doubts))


def _proofs(dossier: Dossier) -> Iterator[Evidence]:
    """Yield what is enough to drop a subject."""
    yield from _telling(dossier.backdated, dossier.open_leads, dossier.identity)
    if dossier.subject.is_attribute:
        yield from _proofs_by_values(dossier)


def _proofs_by_values(dossier: Dossier) -> Iterator[Evidence]:
    """Yield what is enough to drop a column that describes; what is dated may tell much and be honest."""
    ranking = dossier.alone
    if ranking is not None and ranking.sure >= _AS_GOOD_AS_THE_OUTCOME:
        yield ranking
    yield from _telling(dossier.closing_time)
    if dossier.is_cleared:
        return
    yield from _telling(dossier.filled, dossier.one_outcome, dossier.group)
    if ranking is not None and ranking.usual >= (TOO_GOOD_FOR_ITS_NAME if dossier.suspicious_name else TOO_GOOD):
        yield ranking
    if dossier.gain is not None and _is_beyond_all_others(dossier):
        yield dossier.gain


def _telling(*evidence: TellingEvidence | None) -> Iterator[Evidence]:
    yield from (one for one in evidence if one is not None and one.tells)


def _is_beyond_all_others(dossier: Dossier) -> bool:
    """Tell whether a column adds more than all others together, to a model better than usual, and has a sharp edge."""
    gain, ranking = dossier.gain, dossier.alone
    if gain is None or ranking is None or not dossier.is_edged:
        return False
    return gain.news >= MOST_OF_ALL and gain.is_unusual and ranking.usual >= _GOOD


def _in_support(dossier: Dossier) -> Iterator[Evidence]:
    """Yield what makes a proof plainer."""
    if dossier.identity is not None:
        return
    if dossier.alone is not None and dossier.alone.auc_random >= _WORTH_A_LOOK:
        yield dossier.alone
    if dossier.is_edged and dossier.no_win_beyond is not None:
        yield dossier.no_win_beyond
    if dossier.suspicious_name is not None:
        yield dossier.suspicious_name


def _doubts(dossier: Dossier) -> Iterator[Evidence]:
    """Yield what somebody should know though it drops nothing."""
    if dossier.subject.is_attribute and not dossier.is_cleared:
        yield from _doubts_by_values(dossier)
    if dossier.one_outcome is not None:
        yield dossier.one_outcome
    if dossier.changed_after is not None and dossier.changed_after.is_notable:
        yield dossier.changed_after
    if dossier.identity is not None:
        yield dossier.identity
    if dossier.similar is not None:
        yield dossier.similar
    if dossier.drift is not None and dossier.drift.is_notable:
        yield dossier.drift


def _doubts_by_values(dossier: Dossier) -> Iterator[Evidence]:
    if dossier.gain is not None and dossier.gain.news >= MOST_OF_ALL:
        yield dossier.gain
    is_strong = dossier.alone is not None and dossier.alone.usual >= _WORTH_A_LOOK
    if dossier.is_edged and dossier.no_win_beyond is not None:
        yield dossier.no_win_beyond
    if is_strong and dossier.suspicious_name is not None:
        yield dossier.suspicious_name


def _once(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))


def _plain(value: float | str) -> float | str | None:
    """Return a figure as JSON has it: what is not defined is null."""
    if isinstance(value, str):
        return value
    return None if math.isnan(value) else round(value, 4)
