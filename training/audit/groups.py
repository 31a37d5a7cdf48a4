"""Which columns to look at as one, and what they give away together."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.sparse.csgraph import connected_components

from training.audit.docket import CLOSELY, Docket
from training.audit.evidence.gain import Rest
from training.audit.evidence.group import MUCH, Group
from training.audit.joint import closing_time_of, open_leads_of
from training.audit.material import Material

LEVELS: Final = (CLOSELY, 0.4, 0.2)
"""How strongly columns must go together to be looked at as one, from close to loose."""
_KIN: Final = 0.2
_KIN_OF_EDGED: Final = 0.25
_GOOD: Final = 0.13
"""Knowledge of a column with an AUC of 0.6."""
_SAYS_SOMETHING: Final = 0.53
_FEWEST: Final = 2
_MANY: Final = 5
"""So many suspicious names are no accident, related or not."""
_WORTH_ASKING: Final = 0.3
"""Knowledge that the members must have one by one: an AUC of 0.65 alone, or of 0.57 nearly five times."""


def note_groups(docket: Docket, material: Material, rest: Rest) -> None:
    """Note in every member's dossier the group that it leaks with.

    Parameters
    ----------
    docket : Docket
        The dossiers.
    material : Material
        The source.
    rest : Rest
        Tells what features add to others.
    """
    for candidates, is_loose in _candidates(docket):
        members = [number for number in candidates if _says_something(docket, number)]
        if not (is_loose and len(members) >= _MANY):
            members = [number for number in members if docket.strongest(number, members) >= _KIN]
        if len(members) < _FEWEST or sum(map(docket.knowledge, members)) < _WORTH_ASKING:
            continue
        group = _group(docket, members, material, rest)
        for number in (*members, *_close_kin(docket, members)) if group.tells else ():
            docket.add(number, group=group)


def _candidates(docket: Docket) -> Iterator[tuple[list[int], bool]]:
    """Yield sets of columns, each among those that are unsettled by then, and whether only their names relate them."""
    yield [number for number in docket.unsettled() if docket[number].suspicious_name is not None], True
    yield _sharply_edged(docket), False
    for level in LEVELS:
        yield from ((cluster, False) for cluster in _clusters(docket, level))


def _sharply_edged(docket: Docket) -> list[int]:
    """Return the columns on whose one end nothing was won, and those that go with one and rank well by themselves."""
    unsettled = docket.unsettled()
    edged = [number for number in unsettled if docket[number].is_edged]
    good = [number for number in unsettled if docket.knowledge(number) >= _GOOD]
    return sorted({*edged, *(number for number in good if docket.strongest(number, edged) >= _KIN_OF_EDGED)})


def _clusters(docket: Docket, level: float) -> list[list[int]]:
    """Return the columns that hang together, directly or by others."""
    members = docket.unsettled()
    if not members:
        return []
    number, label = connected_components(docket.strength[np.ix_(members, members)] >= level)
    return [[members[place] for place in np.flatnonzero(label == one)] for one in range(number)]


def _says_something(docket: Docket, number: int) -> bool:
    """Tell whether a column says something of the outcome."""
    ranking = docket[number].alone
    return docket[number].is_edged or (ranking is not None and ranking.usual >= _SAYS_SOMETHING)


def _close_kin(docket: Docket, members: list[int]) -> list[int]:
    """Return what goes so closely with a member that it tells the same."""
    others = [number for number in docket.unsettled() if number not in members]
    return [number for number in others if docket.strongest(number, members) >= CLOSELY]


def _group(docket: Docket, members: list[int], material: Material, rest: Rest) -> Group:
    dossiers = [docket[number] for number in members]
    positions = sorted({position for one in dossiers for position in one.subject.positions})
    gain = rest.gain(positions, docket.unsuspected_positions())
    is_much, ranks, cohorts = gain.news >= MUCH, material.closing_ranks, material.cohorts
    return Group(
        members=tuple(one.subject.name for one in dossiers),
        gain=gain,
        closing_time=closing_time_of(material.cases, positions, ranks) if is_much and ranks is not None else None,
        open_leads=open_leads_of(cohorts, positions) if is_much and cohorts is not None else None,
        odd_names=float(np.mean([one.suspicious_name is not None for one in dossiers])),
        sharp_edges=float(np.mean([one.is_edged for one in dossiers])),
    )
