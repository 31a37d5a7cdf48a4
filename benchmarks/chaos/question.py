"""What is asked, and what the answer must be."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from benchmarks.serving.bodies import ACTIVITIES, lead_body
from features.compute import compute
from features.lead_records import lead_records, lead_snapshot
from models.conversion import ConversionModel
from serving.answering import read_request
from serving.row_fields import Reading

_SUM_TOLERANCE: Final = 1e-6
_SAME_TOLERANCE: Final = 1e-9
_AS_OF: Final = datetime(2026, 10, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Question:
    """A lead to be scored under many ids, and how likely each version of the model finds it.

    Attributes
    ----------
    probabilities : mapping of str to float
        By the versions that may answer.
    headers : mapping of str to str
        Sent beside the body.
    refusals : frozenset of int
        Statuses that may be answered instead of a score.
    body : mapping of str to object
        The request, but for the lead's id.
    """

    probabilities: Mapping[str, float]
    headers: Mapping[str, str] = field(default_factory=dict)
    refusals: frozenset[int] = frozenset()
    body: Mapping[str, Any] = field(default_factory=lambda: lead_body(_AS_OF))

    def content(self, lead_id: str) -> bytes:
        """Return the body of a request about a lead."""
        return json.dumps({**self.body, "lead": {**self.body["lead"], "lead_id": lead_id}}, ensure_ascii=False).encode()

    def faults(self, lead_id: str, answer: Mapping[str, Any]) -> list[str]:
        """Return what is wrong with an answer."""
        version, found = answer["model"]["version"], answer["probability"]
        explained = answer["explanation"]
        parts = [reason["contribution_log_odds"] for reason in explained["reasons"]]
        log_odds = math.fsum([explained["base_log_odds"], *parts, explained["other_log_odds"]])
        expected = self.probabilities.get(version, math.nan)
        tests = {
            f"asked of {lead_id}, told of {answer['lead_id']}": answer["lead_id"] == lead_id,
            f"version {version} answered": version in self.probabilities,
            f"version {version} does not say {found}": abs(found - expected) <= _SAME_TOLERANCE,
            "the reasons do not add up": abs(1 / (1 + math.exp(-log_odds)) - found) <= _SUM_TOLERANCE,
        }
        return [fault for fault, is_right in tests.items() if not is_right]


def believed(model: ConversionModel) -> float:
    """Return what a model says of the lead that is asked about, computed without the service."""
    body, as_of_ms = lead_body(_AS_OF), int(_AS_OF.timestamp() * 1000)
    request = read_request(body, Reading(ZoneInfo("UTC"), as_of_ms, max_rows=ACTIVITIES))
    return float(model.probability(compute(model.spec, lead_records(request.rows), lead_snapshot(as_of_ms)))[0])
