"""The champion's seat: who takes it, and who returns to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.registry_names import CHAMPION
from training.promotion import reasons
from training.promotion.decision_record import DecisionRecord, Kind, keep_record, latest_ms, record_of, succession
from training.promotion.policy import FIRST, Decision
from training.tracking.registry import RegisteredVersion, aliased, load_version, name_version, versions
from training.tracking.tracking_store import TrackingStore
from training.tracking.turn import my_turn


class PromotionError(Exception):
    """What was asked for cannot be done; nothing was changed."""


@dataclass(frozen=True)
class Occasion:
    """On which a decision falls.

    Attributes
    ----------
    at_ms : int
        When, in milliseconds since the epoch.
    by : str
        The command, and who gave it.
    figures : mapping
        What was measured, as JSON.
    """

    at_ms: int
    by: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Settled:
    """What was decided in the end.

    Attributes
    ----------
    decision : Decision
        Promoted or not, and why.
    version : int
        What was decided on.
    champion : int
        Who scores leads now.
    former : int or None
        Who did before.
    """

    decision: Decision
    version: int
    champion: int
    former: int | None

    @property
    def tags(self) -> dict[str, str]:
        """By which the run of the version is found in the tracker."""
        kind = "promote" if self.decision.promote else "keep"
        return {"decision": kind, "decision_rule": self.decision.rule, "decision_reason": self.decision.reason.en}


def settle(
    store: TrackingStore,
    version: RegisteredVersion,
    decision: Decision,
    compared_with: int | None,
    occasion: Occasion,
) -> Settled:
    """Carry out what was decided on a new version, and record it.

    Where another version has become the champion since the comparison, the decision is about nobody who matters any
    more, and the new version stays challenger. Where there is no champion, it becomes it.

    Parameters
    ----------
    store : TrackingStore
        The registry.
    version : RegisteredVersion
        The new version.
    decision : Decision
        By the policy.
    compared_with : int or None
        The champion at the time.
    occasion : Occasion
        When, and by which command.

    Raises
    ------
    TrackingError
        Where MLflow fails, or the version cannot be read back; the champion is as it was then.
    """
    with my_turn(store.location):
        now = aliased(store, CHAMPION)
        if now is None:
            decision = FIRST
        elif now.version != compared_with:
            decision = Decision(promote=False, rule="overtaken", reason=reasons.overtaken(compared_with, now.version))
        if now is not None and now.version == version.version:
            return Settled(decision, version.version, now.version, compared_with)
        return _done(store, version, now, decision, occasion)


def promote(store: TrackingStore, number: int, reason: str, occasion: Occasion) -> Settled:
    """Make a version the champion because a person says so.

    Raises
    ------
    PromotionError
        Where there is no such version; names those that there are.
    TrackingError
        Where MLflow fails, or the version cannot be read.
    """
    with my_turn(store.location):
        version, now = _existing(store, number), aliased(store, CHAMPION)
        decision = Decision(promote=True, rule="by_hand", reason=reasons.by_hand(reason))
        if now is not None and now.version == number:
            return Settled(decision, number, number, number)
        return _done(store, version, now, decision, occasion)


def roll_back(store: TrackingStore, reason: str, occasion: Occasion) -> Settled:
    """Return to the champion before the present one; asked again, to the one before that.

    Raises
    ------
    PromotionError
        Where no champion before is known.
    TrackingError
        Where MLflow fails, or the version cannot be read.
    """
    with my_turn(store.location):
        now = aliased(store, CHAMPION)
        if now is None:
            raise PromotionError("There is no champion to go back from: run make train.")
        record = record_of(now)
        if record is None or not record.champions_before:
            raise PromotionError(
                f"Version {now.version} is the champion, and none is known before it. "
                "See what there is with make models, and name one with make promote VERSION="
            )
        version = _existing(store, record.champions_before[-1])
        decision = Decision(promote=True, rule="rollback", reason=reasons.by_hand(reason))
        return _done(store, version, now, decision, occasion, record.champions_before[:-1])


def _existing(store: TrackingStore, number: int) -> RegisteredVersion:
    found = versions(store)
    for version in found:
        if version.version == number:
            return version
    there = ", ".join(str(version.version) for version in reversed(found)) or "none"
    raise PromotionError(
        f"There is no version {number} of the model; there is {there}. See make models, then make promote VERSION="
    )


def _done(
    store: TrackingStore,
    version: RegisteredVersion,
    now: RegisteredVersion | None,
    decision: Decision,
    occasion: Occasion,
    line: tuple[int, ...] | None = None,
) -> Settled:
    """Record a decision and carry it out; only a version that can be read whole takes the seat."""
    former = None if now is None else now.version
    if decision.promote:
        load_version(store, version.version)
    kind: Kind = "rollback" if decision.rule == "rollback" else "promote" if decision.promote else "keep"
    before = (succession(None if now is None else record_of(now), former)) if line is None else line
    record = DecisionRecord(
        kind=kind,
        rule=decision.rule,
        reason=decision.reason,
        version=version.version,
        champion=former,
        champions_before=before if decision.promote else (),
        at_ms=max(occasion.at_ms, latest_ms(version, now) + 1),  # a clock may have gone back
        by=occasion.by,
        figures=occasion.figures,
    )
    keep_record(store, version.run_id, record)
    if decision.promote:
        name_version(store, version.version, CHAMPION)
    seated = version.version if decision.promote or former is None else former
    return Settled(decision, version.version, seated, former)
