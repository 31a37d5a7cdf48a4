"""LightGBM's text format, checked before LightGBM reads it.

LightGBM reads the trees in threads of its own: an error there ends the whole process instead of being raised, and a
number out of range is used as an index. So only what LightGBM itself writes gets through: every line in its place,
lists of the right length, indices within their range, nodes that form a tree.
"""

import re
from collections.abc import Mapping
from typing import Final

from models.tree_nodes import TreeNodes

_PRINTED: Final = r"[^\x00-\x1f\x7f]*"  # at a NUL LightGBM would stop reading
_INTEGERS: Final = r"(?:-?\d{1,10}(?: -?\d{1,10})*)?"
_NUMBER: Final = r"-?\d{1,40}(?:\.\d{1,40})?(?:e[+-]?\d{1,3})?"
_NUMBERS: Final = rf"(?:{_NUMBER}(?: {_NUMBER})*)?"
_BOUND: Final = rf"(?:{_NUMBER}|-?inf)"  # infinity parts missing values from all others
_BOUNDS: Final = rf"(?:{_BOUND}(?: {_BOUND})*)?"
_LOOSE: Final = rf"(?:{_NUMBER}|-?inf|-?nan)"  # of what is not used in scoring
_LOOSE_NUMBERS: Final = rf"(?:{_LOOSE}(?: {_LOOSE})*)?"
_HEAD: Final = re.compile(
    r"tree\nversion=v\d{1,3}\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=\d{1,9}\n"
    r"max_feature_idx=(?P<last>\d{1,9})\nobjective=[\w:.+ -]+\n(?:average_output\n)?"
    rf"feature_names=(?P<names>{_PRINTED})\n(?:monotone_constraints=[01 -]*\n)?feature_infos=(?P<infos>{_PRINTED})\n"
    rf"tree_sizes=(?P<sizes>{_INTEGERS})\n\n"
)
_TREE: Final = re.compile(
    r"Tree=(?P<number>\d{1,9})\nnum_leaves=(?P<leaves>\d{1,9})\nnum_cat=(?P<sets>\d{1,9})\n"
    rf"split_feature=(?P<feature>{_INTEGERS})\nsplit_gain=(?P<gain>{_LOOSE_NUMBERS})\n"
    rf"threshold=(?P<threshold>{_BOUNDS})\ndecision_type=(?P<decision>{_INTEGERS})\n"
    rf"left_child=(?P<left>{_INTEGERS})\nright_child=(?P<right>{_INTEGERS})\nleaf_value=(?P<value>{_NUMBERS})\n"
    rf"leaf_weight=(?P<leaf_weight>{_LOOSE_NUMBERS})\nleaf_count=(?P<leaf_count>{_INTEGERS})\n"
    rf"internal_value=(?P<inner_value>{_LOOSE_NUMBERS})\ninternal_weight=(?P<inner_weight>{_LOOSE_NUMBERS})\n"
    rf"internal_count=(?P<inner_count>{_INTEGERS})\n"
    rf"(?:cat_boundaries=(?P<boundaries>{_INTEGERS})\ncat_threshold=(?P<words>{_INTEGERS})\n)?"
    rf"is_linear=0\nshrinkage={_LOOSE}\n\n\n"
)
_TAIL: Final = re.compile(r"end of trees\n\nfeature_importances:\n(?:[^\x00-\x1f\x7f=]+=\d{1,18}\n)*\n*")


class BoosterTextError(ValueError):
    """A text is not a booster as LightGBM writes it."""


def check_booster_text(text: str) -> None:
    """Require the text of a whole booster.

    Raises
    ------
    BoosterTextError
        Where something differs from what LightGBM writes.
    """
    head = _HEAD.match(text)
    if head is None:
        raise BoosterTextError("its head is not as LightGBM writes it")
    features = int(head["last"]) + 1
    if len(head["names"].split(" ")) != features or len(head["infos"].split(" ")) != features:
        raise BoosterTextError(f"it must name and describe {features} features")
    place = head.end()
    for number, size in enumerate(map(int, head["sizes"].split())):
        tree = _TREE.fullmatch(text, place, place + max(0, size))
        if tree is None or int(tree["number"]) != number:
            raise BoosterTextError(f"tree {number} is not as LightGBM writes it, in {size} characters")
        _check_tree(tree.groupdict(), number, features)
        place += size
    if _TAIL.fullmatch(text, place) is None:
        raise BoosterTextError("it must end behind its last tree and the importances of its features")


def _check_tree(fields: Mapping[str, str | None], number: int, features: int) -> None:
    try:
        TreeNodes.read(fields).check(features)
    except ValueError as error:
        raise BoosterTextError(f"tree {number}: {error}") from error
