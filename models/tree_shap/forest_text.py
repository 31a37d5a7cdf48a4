"""The trees of a booster, read from LightGBM's text format."""

from models.tree_shap.tree import Tree

_SECTION = "\nTree="
_END = "\nend of trees"


class UnsuitedForestError(Exception):
    """A booster is not one whose contributions can be looked up; LightGBM has to be asked itself."""


def read_forest(text: str) -> tuple[Tree, ...]:
    """Return the trees of a booster, in the order in which they are added up.

    Parameters
    ----------
    text : str
        As ``lightgbm.Booster.model_to_string`` writes it.

    Raises
    ------
    UnsuitedForestError
        Where trees are averaged, hold linear models, or belong to several classes, and where the text cannot be read.
    """
    head, *sections = text.partition(_END)[0].split(_SECTION)
    if "\nnum_tree_per_iteration=1\n" not in head or "\naverage_output" in head:
        raise UnsuitedForestError("trees are not added up to one score")
    try:
        return tuple(_tree(section) for section in sections)
    except (KeyError, ValueError, IndexError) as error:
        raise UnsuitedForestError(f"a tree is not written as expected: {error!r}") from error


def _tree(section: str) -> Tree:
    fields = dict(line.split("=", 1) for line in section.splitlines()[1:] if "=" in line)
    if fields.get("is_linear", "0") != "0":
        raise UnsuitedForestError("leaves hold linear models")
    return Tree.of(fields)
