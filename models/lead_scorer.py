"""The one function from what is known of leads to their scores; every door leads to it."""

from dataclasses import dataclass
from typing import Final, Protocol

from features.instant import MISSING_MS
from features.lead_source import LeadSource
from features.records import Records
from features.snapshots import Snapshots
from features.wording import Wording
from models.bant import GateRules, evaluate
from models.lead_score import Answer, LeadScore
from models.recommendation import Routes, recommend

_CHUNK_ROWS: Final = 20_000
NOT_THERE_YET: Final = Wording(
    "as_of: the lead did not exist yet, it was created later; its fields are taken as they are now",
    "as_of：この時点でリードはまだ登録されていません（登録日時のほうが後です）。項目は現在の値を使用しています",
)


class Rung(Protocol):
    """What answers: the learned model, or the rules in its place."""

    def answers(self, records: Records, snapshots: Snapshots) -> list[Answer]:
        """Return the answer to each snapshot, in order; an answer depends on its own snapshot only."""


@dataclass(frozen=True)
class LeadScorer:
    """What answers for a company, with its gates and its routes.

    Attributes
    ----------
    rung : Rung
        The model where there were enough deals to learn from, else the rules.
    gates : GateRules
        Shown beside the score.
    routes : Routes
        From grade and gates to what to do next.
    """

    rung: Rung
    gates: GateRules
    routes: Routes

    def score(self, records: Records, snapshots: Snapshots) -> list[LeadScore]:
        """Score snapshots, however many.

        Parameters
        ----------
        records : Records
            What is known of the leads.
        snapshots : Snapshots
            Which leads, as of when.

        Returns
        -------
        list of LeadScore
            One a snapshot, in order; each depends on its own snapshot only.
        """
        if len(snapshots) <= _CHUNK_ROWS:
            return self._scored(records, snapshots)
        chunks = (slice(start, start + _CHUNK_ROWS) for start in range(0, len(snapshots), _CHUNK_ROWS))
        return [scored for rows in chunks for scored in self._scored(records, snapshots.take(rows))]

    def _scored(self, records: Records, snapshots: Snapshots) -> list[LeadScore]:
        columns = zip(
            _identities(records, snapshots),
            snapshots.as_of_ms.tolist(),
            self.rung.answers(records, snapshots),
            evaluate(self.gates, records, snapshots),
            strict=True,
        )
        return [
            LeadScore(
                lead_id,
                as_of_ms,
                answer if created_ms <= as_of_ms else _warned(answer),
                gates,
                recommend(self.routes, answer.rank.grade, gates.overall),
            )
            for (lead_id, created_ms), as_of_ms, answer, gates in columns
        ]


def _warned(answer: Answer) -> Answer:
    """Add a warning to the answer about a lead that is looked at before it came into being."""
    return answer._replace(warnings=(NOT_THERE_YET, *answer.warnings))


def _identities(records: Records, snapshots: Snapshots) -> list[tuple[str, int]]:
    """Return the id of each snapshot's lead, and when it was created."""
    source = records.source
    if len(snapshots) == 1 and isinstance(source, LeadSource):
        [lead] = source.tables["leads"]
        created_ms = lead.get("created_at")
        return [(str(lead["lead_id"]), MISSING_MS if created_ms is None else int(created_ms))]
    ids, created = records.lead_ids, records.created_ms[snapshots.lead].tolist()
    codes = ids.codes[snapshots.lead].tolist()
    return [(ids.names[code], created_ms) for code, created_ms in zip(codes, created, strict=True)]
