"""From a request to its answer, the same behind every door of the service."""

from dataclasses import dataclass
from typing import Any, Final

from features.instant import iso
from features.wording import Language
from models.lead_score_json import lead_score_json
from serving.asked_lead import AskedLead
from serving.champion import Champion
from serving.history_entry import HistoryEntry
from serving.request_errors import Location
from serving.request_reader import read_plain
from serving.row_fields import Reading
from serving.score_id import new_score_id
from serving.thorough_reading import read_thoroughly

_BODY: Final[Location] = ("body",)


@dataclass(slots=True)
class Answer:
    """What the caller gets, what is remembered of it, and what was asked.

    Nobody changes one, though it is not frozen, which would take longer.
    """

    content: dict[str, Any]
    entry: HistoryEntry
    request: AskedLead


def read_request(content: Any, reading: Reading, root: Location = _BODY) -> AskedLead:
    """Read a request: quickly where it is plainly as it should be, else thoroughly.

    Parameters
    ----------
    content : object
        As JSON gives it.
    reading : Reading
        How times are read, and when it is now.
    root : tuple of str or int
        Where the request stands in the body.

    Raises
    ------
    ProblemError
        422 with everything that is wrong.
    """
    return read_plain(content, reading) or read_thoroughly(content, reading, root)


def answer(champion: Champion, request: AskedLead, language: Language, now_ms: int) -> Answer:
    """Score a lead.

    Parameters
    ----------
    champion : Champion
        Who scores it.
    request : AskedLead
        The lead.
    language : {"en", "ja"}
        Of the sentences, if the request does not say.
    now_ms : int
        When this is; the lead is looked at then, if the request does not say.
    """
    as_of_ms = now_ms if request.as_of_ms is None else request.as_of_ms
    scored = champion.scorer.score_lead(request.rows, as_of_ms)
    entry = HistoryEntry(
        score_id=new_score_id(now_ms),
        lead_id=request.lead_id,
        as_of_ms=as_of_ms,
        scored_at_ms=now_ms,
        method=scored.answer.method,
        probability=scored.answer.probability,
        score=scored.answer.rank.score,
        grade=scored.answer.rank.grade,
        gates=scored.gates.overall,
        route=scored.recommendation.route,
        model_name=champion.name,
        model_version=champion.version,
        horizon_days=scored.answer.horizon_days,
        inputs=scored.answer.inputs,
    )
    content = lead_score_json(scored, request.language or language)
    content["model"] = champion.identity()
    content["score_id"] = entry.score_id
    content["scored_at"] = iso(now_ms)
    return Answer(content, entry, request)
