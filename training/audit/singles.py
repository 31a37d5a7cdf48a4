"""The evidence on each subject by itself."""

from dataclasses import replace
from typing import Final

import numpy as np

from features.arrays import BoolArray, IntArray
from training.audit.binned import BinnedFeature
from training.audit.bins import Bins
from training.audit.cohorts import Cohorts
from training.audit.dossier import Dossier
from training.audit.evidence.alone import alone
from training.audit.evidence.backdated import backdated
from training.audit.evidence.changed_after import changed_after
from training.audit.evidence.closing_time import closing_time
from training.audit.evidence.drift import Drift, drift, drift_of_open_leads
from training.audit.evidence.filled import filled
from training.audit.evidence.identity import identity_of_left_out, running_number
from training.audit.evidence.no_win_beyond import no_win_beyond
from training.audit.evidence.one_outcome import one_outcome
from training.audit.evidence.open_leads import OpenLeads, open_leads
from training.audit.evidence.suspicious_name import suspicious_name
from training.audit.material import Material
from training.audit.ranking import win_rates
from training.audit.subjects import Subject

FEATURES: Final = "features"


def single_dossiers(material: Material) -> tuple[Dossier, ...]:
    """Look into every subject by itself."""
    records, outcomes = material.prepared.records, material.prepared.outcomes
    late = backdated(records, outcomes) if records.source.rows("activities") else {}
    changed = changed_after(records, outcomes) if records.source.rows("field_history") else {}
    unusable = {(one.table, one.column): one.reason for one in material.cases.fitted.left_out}

    def dossier_of(subject: Subject) -> Dossier:
        reason = unusable.get((subject.table, subject.column))
        known = _from_values(subject, material) if subject.positions else Dossier(subject)
        return replace(
            known,
            identity=known.identity if reason is None else identity_of_left_out(reason),
            backdated=late.get(subject.column) if subject.table == "activities" else None,
            changed_after=changed.get(subject.column) if subject.table == "leads" else None,
            suspicious_name=suspicious_name(subject.column) if subject.is_attribute else None,
        )

    return tuple(map(dossier_of, material.subjects))


def _from_values(subject: Subject, material: Material) -> Dossier:
    features, cases = material.features_of(subject), material.cases
    dossier = Dossier(
        subject,
        alone=alone(features, cases),
        one_outcome=one_outcome(features, cases.is_won) if subject.table != FEATURES else None,
        open_leads=_open_leads(subject, material),
        drift=_drift(subject, features, material),
    )
    return _with_attributes(dossier, features, material) if subject.is_attribute else dossier


def _with_attributes(dossier: Dossier, features: tuple[BinnedFeature, ...], material: Material) -> Dossier:
    """Add what can only be asked of a column that describes."""
    cases, ranks = material.cases, material.closing_ranks
    is_dated = dossier.subject.is_dated
    has_value = ~np.isnan(features[0].values)
    is_number = features[0].bins.feature.categories is None
    ranking = dossier.alone.auc_random if dossier.alone else 0.5
    return replace(
        dossier,
        filled=filled(has_value, cases.is_won) if not has_value.all() else None,
        no_win_beyond=no_win_beyond(features[0].values, cases.is_won, ranking) if is_number else None,
        closing_time=None if is_dated or ranks is None else closing_time(features, ranks, cases.random),
        identity=running_number(features[0].values, _created_ms(material)) if is_number else None,
    )


def _drift(subject: Subject, features: tuple[BinnedFeature, ...], material: Material) -> Drift | None:
    if subject.is_dated:
        bins = tuple(one.bins for one in features)
        cohorts = material.cohorts
        return drift_of_open_leads(bins, subject.positions, cohorts) if cohorts is not None else None
    cases = material.cases
    group = cases.data.group if subject.table == "companies" else None
    return drift(features, cases.forward, group) if cases.forward is not None else None


def _created_ms(material: Material) -> IntArray:
    return material.prepared.records.created_ms[material.cases.data.lead]


def _open_leads(subject: Subject, material: Material) -> OpenLeads | None:
    """Return the finding that tells, else one that clears, else none."""
    cohorts = material.cohorts
    if cohorts is None:
        return None
    found = [
        _promise(material.features[position].bins, position, cohorts, ended, is_won=is_won)
        for position in subject.positions
        for ended, is_won in cohorts.endings
    ]
    telling = [one for one in found if one.is_telling]
    return next((one for one in telling if one.tells), next((one for one in telling if one.clears), None))


def _promise(bins: Bins, position: int, cohorts: Cohorts, ended: BoolArray, *, is_won: bool) -> OpenLeads:
    then, now = (bins.of(matrix.values[:, position]) for matrix in (cohorts.then, cohorts.now))
    rates = win_rates(then, ended, bins.count)
    return open_leads(rates[then], rates[now], cohorts.weight, ended, is_won=is_won)
