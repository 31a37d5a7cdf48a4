"""Columns that say what another one says."""

import numpy as np

from training.audit.docket import CLOSELY, Docket
from training.audit.evidence.similar import NEARLY_THE_SAME, Similar, says_the_same


def note_twins(docket: Docket) -> None:
    """Note in the dossier of every column that says nearly the same as one before it."""
    for later in range(len(docket)):
        for earlier in np.flatnonzero(docket.strength[later, :later] >= NEARLY_THE_SAME).tolist():
            if not _share_features(docket, later, earlier) and says_the_same(*docket.features_of(later, earlier)):
                docket.add(later, similar=Similar(docket[earlier].subject.name, float(docket.strength[later, earlier])))
                break


def note_kin_in_time(docket: Docket) -> None:
    """Note in the dossiers of columns that go closely with one that tells the time to closing."""
    telling = [number for number in range(len(docket)) if _tells_time(docket, number)]
    if not telling:
        return
    for number in docket.unsettled():
        nearest = telling[int(docket.strength[number, telling].argmax())]
        closing = docket[number].closing_time
        if closing is not None and docket.strength[number, nearest] >= CLOSELY:
            docket.add(number, closing_time=closing.beside(docket[nearest].subject.name))


def _tells_time(docket: Docket, number: int) -> bool:
    closing = docket[number].closing_time
    return closing is not None and closing.tells


def _share_features(docket: Docket, first: int, second: int) -> bool:
    positions = (set(docket[number].subject.positions) for number in (first, second))
    return not set.isdisjoint(*positions)
