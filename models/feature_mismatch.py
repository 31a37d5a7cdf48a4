"""Features that are not those a model was fitted to."""

from collections.abc import Sequence


class FeatureMismatchError(ValueError):
    """A matrix has other features, or the same in another order, than the model was fitted to.

    Parameters
    ----------
    required, found : sequence of str
        The names of the columns of the model and of the matrix, which differ.
    """

    def __init__(self, required: Sequence[str], found: Sequence[str]) -> None:
        super().__init__(_mismatch(required, found))


def _mismatch(required: Sequence[str], found: Sequence[str]) -> str:
    """Say how two lists of features differ: what lacks, what is too much, or where the order breaks."""
    missing = [name for name in required if name not in found]
    unknown = [name for name in found if name not in required]
    if missing or unknown:
        return (
            f"The matrix must have the model's {len(required)} features, found {len(found)}: "
            f"missing {missing}, not the model's {unknown}. Compute it with the model's own feature spec."
        )
    if len(required) != len(found):
        return f"The matrix must have each of the model's {len(required)} features once, found {len(found)} columns."
    place = next(place for place, name in enumerate(required) if name != found[place])
    return (
        f"The matrix must have the model's features in the model's order: column {place + 1} must be "
        f"{required[place]!r}, found {found[place]!r}. Compute it with the model's own feature spec."
    )
