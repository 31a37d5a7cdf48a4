"""The evidence on subjects beside each other: twins, groups, and what stands out against all others."""

from typing import Final

from training.audit.docket import Docket
from training.audit.dossier import Dossier
from training.audit.evidence.gain import Rest
from training.audit.groups import note_groups
from training.audit.kin import note_kin_in_time, note_twins
from training.audit.material import Material

MOST_STANDING_OUT: Final = 3
_STANDS_OUT: Final = 0.65


def together(dossiers: tuple[Dossier, ...], material: Material) -> tuple[Dossier, ...]:
    """Add to the dossiers what shows only beside others.

    Parameters
    ----------
    dossiers : tuple of Dossier
        Each subject by itself.
    material : Material
        The source.
    """
    docket, rest = Docket(dossiers, material), Rest(material.cases, material.seed)
    note_twins(docket)
    note_kin_in_time(docket)
    note_groups(docket, material, rest)
    _note_what_stands_out(docket, rest)
    return docket.dossiers


def _note_what_stands_out(docket: Docket, rest: Rest) -> None:
    """Note what the columns that rank best by themselves add to all others."""
    ranked = sorted(docket.unsettled(), key=lambda number: -docket.knowledge(number))
    for number in ranked[:MOST_STANDING_OUT]:
        ranking = docket[number].alone
        if ranking is not None and ranking.auc_random >= _STANDS_OUT:
            positions = docket.unsuspected_positions()
            docket.add(number, gain=rest.gain(docket[number].subject.positions, positions))
