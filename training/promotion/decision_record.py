"""What is recorded of a decision: what was decided of which version, why, by whom, and who was the champion before."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias

from features.instant import iso
from features.wording import Wording
from training.tracking.registry import RegisteredVersion, tag_version
from training.tracking.tracking_store import TrackingStore

Kind: TypeAlias = Literal["promote", "keep", "rollback"]

DECISION_TAG: Final = "decision"
"""On the version that was decided on."""

CHALLENGE_TAG: Final = "challenge"
"""On the version that was the champion then."""

_FOLDER: Final = "decisions"
_REMEMBERED: Final = 50
_NEXT_STEP: Final = "The champion is as it was."


@dataclass(frozen=True)
class DecisionRecord:
    """One decision.

    Attributes
    ----------
    kind : {"promote", "keep", "rollback"}
        The version is to become the champion, or the champion stays, or an earlier champion returns.
    rule : str
        By which the decision fell.
    reason : Wording
        For people.
    version : int
        What was decided on.
    champion : int or None
        Who was the champion.
    champions_before : tuple of int
        Where the version becomes the champion, those before it, the latest last; what a rollback goes back by.
    at_ms : int
        When, in milliseconds since the epoch.
    by : str
        The command, and who gave it.
    figures : mapping
        What was measured, as JSON.
    """

    kind: Kind
    rule: str
    reason: Wording
    version: int
    champion: int | None
    champions_before: tuple[int, ...]
    at_ms: int
    by: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the record as JSON on one line."""
        content = {**asdict(self), "at": iso(self.at_ms)}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "DecisionRecord":
        """Restore a record; raises ValueError, KeyError or TypeError where the text holds none."""
        content = json.loads(text)
        content.pop("at")
        content["reason"] = Wording(**content["reason"])
        content["champions_before"] = tuple(map(int, content["champions_before"]))
        return cls(**content)


def succession(before: "DecisionRecord | None", champion: int | None) -> tuple[int, ...]:
    """Return the line of champions that ends with the present one, given the record by which it became that."""
    if champion is None:
        return ()
    return (*(() if before is None else before.champions_before), champion)[-_REMEMBERED:]


def record_of(version: RegisteredVersion, tag: str = DECISION_TAG) -> DecisionRecord | None:
    """Return the record in a tag of a version; None where there is none that this version of the code reads."""
    try:
        return DecisionRecord.from_json(version.tags[tag])
    except (KeyError, ValueError, TypeError):
        return None


def latest_ms(*versions: RegisteredVersion | None) -> int:
    """Return when the latest decision fell that is recorded with any of some versions; -1 where there is none."""
    found = (record_of(version, tag) for version in versions if version for tag in (DECISION_TAG, CHALLENGE_TAG))
    return max((record.at_ms for record in found if record is not None), default=-1)


def keep_record(store: TrackingStore, run_id: str, record: DecisionRecord) -> None:
    """Record a decision before it is carried out: with the run of the version, then on both versions.

    What the aliases stand for is the truth about who is the champion; a record tells what was decided. Each step is
    one write, and the record on the version, which a rollback goes by, is the last.

    Parameters
    ----------
    store : TrackingStore
        Where.
    run_id : str
        The run that made the version.
    record : DecisionRecord
        The decision.

    Raises
    ------
    TrackingError
        Where MLflow fails.
    """
    text = record.to_json()
    moment = iso(record.at_ms).replace(":", "").replace("-", "")
    with store.reporting("record the decision", _NEXT_STEP):
        store.client.log_text(run_id, f"{text}\n", f"{_FOLDER}/{moment}-{record.kind}-{record.version}.json")
    if record.champion is not None:
        tag_version(store, record.champion, CHALLENGE_TAG, replace(record, champions_before=()).to_json())
    tag_version(store, record.version, DECISION_TAG, text)
