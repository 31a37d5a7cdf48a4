"""Whether the grades of a new version begin where the champion's do.

A score is the rank among the leads that a model was fitted to, so the same cut-offs in scores would mean other
probabilities with every training. What is kept is therefore the probability at which each grade begins: an A is as
likely to be won as before, and how many leads are an A follows. The scores stay ranks among today's leads; a grade
begins at another one than before.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal, TypeAlias, get_args

from models.conversion import ConversionModel
from models.grade_beginnings import with_beginnings_of
from training.capacity import Capacity
from training.fitting.grading import regraded
from training.trained import Trained

GradesMode: TypeAlias = Literal["keep", "reset"]
GRADES_MODES: Final[tuple[GradesMode, ...]] = get_args(GradesMode)
DEFAULT_MODE: Final[GradesMode] = "reset"


class GradesError(ValueError):
    """Grades cannot begin where they are asked to."""


def grades_mode(environment: Mapping[str, str], capacity: Capacity | None) -> GradesMode:
    """Read the variable ``GRADES``; ``reset`` where it is blank.

    Raises
    ------
    GradesError
        Where it is neither ``keep`` nor ``reset``, or asks to keep what ``CAPACITY`` moves.
    """
    text = environment.get("GRADES", "").strip().lower()
    if not text:
        return DEFAULT_MODE
    if text not in GRADES_MODES:
        raise GradesError(f"GRADES must be one of {', '.join(GRADES_MODES)}; found {text!r}")
    if text == "keep" and capacity is not None:
        raise GradesError(
            f"GRADES=keep leaves the grades where the champion's begin, and CAPACITY={capacity} moves them; give one"
        )
    return text


def with_kept_grades(trained: Trained, champion: ConversionModel) -> Trained:
    """Return the training with grades that begin at the champion's probabilities.

    Raises
    ------
    GradesError
        Where the champion's probability is one of another horizon.
    """
    ours, theirs = trained.model.horizon_days, champion.horizon_days
    if ours != theirs:
        raise GradesError(
            f"GRADES=keep needs the champion's horizon: it says what is won within {theirs} days, this training within "
            f"{ours}. Train with HORIZON_DAYS={theirs}, or with GRADES=reset."
        )
    ranks = with_beginnings_of(trained.model.score_map, champion.score_map)
    model, grading = regraded(trained.model, ranks, trained.data, trained.prepared)
    return replace(trained, model=model, grading=grading)
