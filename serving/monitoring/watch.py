"""Everything that is found about a model in use."""

from dataclasses import dataclass

from sqlalchemy import Engine

from serving.monitoring.answers import (
    answers_of,
    first_of_month,
    known_until_ms,
    last_reported_ms,
    of_champion,
    of_shadow,
)
from serving.monitoring.input_drift import InputDrift, input_drift
from serving.monitoring.months import Month, months_of
from serving.monitoring.outcome_window import OutcomeWindow, outcome_window
from serving.monitoring.period import Period
from serving.monitoring.reporting import Reporting, reporting_of
from serving.monitoring.seen import seen_lately
from serving.monitoring.shadowed import Pairing, pairing_of
from serving.monitoring.subject import Subject
from serving.monitoring.thresholds import THRESHOLDS


@dataclass(frozen=True)
class Watch:
    """What is found about a model in a period.

    Attributes
    ----------
    subject : Subject
        The model.
    period : Period
        The time.
    answers, leads : int
        Answers of a model that callers got, by whatever version, and different leads among them.
    months : tuple of Month
        By the month of scoring, whatever version answered.
    inputs : InputDrift or None
        None where the model was trained before references were kept.
    judged : OutcomeWindow
        The newest matured scores of this version.
    reporting : Reporting
        Whether outcomes come back.
    pairing : Pairing or None
        The challenger on the same leads; None where none scored any.
    """

    subject: Subject
    period: Period
    answers: int
    leads: int
    months: tuple[Month, ...]
    inputs: InputDrift | None
    judged: OutcomeWindow
    reporting: Reporting
    pairing: Pairing | None

    @property
    def age_days(self) -> float | None:
        """How old the model is, counted from its data end."""
        return self.subject.age_days(self.period.until_ms)


def watch(engine: Engine, subject: Subject, period: Period) -> Watch:
    """Look at a model in use.

    Parameters
    ----------
    engine : sqlalchemy.Engine
        Of the database of scores and outcomes, whose tables are there.
    subject : Subject
        The model.
    period : Period
        The time.

    Raises
    ------
    StoreError
        Where the database is away or refuses.
    """
    reported_ms = last_reported_ms(engine, period.until_ms)
    frame = answers_of(engine, period, known_until_ms(reported_ms, period.until_ms))
    champion, version = of_champion(frame), subject.version
    own = champion[champion["model_version"] == version]
    return Watch(
        subject=subject,
        period=period,
        answers=len(champion),
        leads=champion["lead_id"].nunique(),
        months=months_of(first_of_month(champion), version, subject.model.reference),
        inputs=_inputs(engine, subject, period),
        judged=outcome_window(first_of_month(own), THRESHOLDS.least_wins),
        reporting=reporting_of(champion, reported_ms, period.until_ms),
        pairing=pairing_of(own, of_shadow(frame)),
    )


def _inputs(engine: Engine, subject: Subject, period: Period) -> InputDrift | None:
    reference, spec = subject.model.reference, subject.model.spec
    if reference is None:
        return None
    seen = seen_lately(engine, period, subject.version, len(spec.names))
    return input_drift(seen, spec, reference, subject.age_days(period.until_ms) or 0.0)
