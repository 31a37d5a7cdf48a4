"""Rows of one owner and instant in an order of their own, so that the order of a file never decides."""

import numpy as np

from features.arrays import IntArray, RowArray


def break_ties(order: RowArray, keys: IntArray, tie_break: IntArray, rows: IntArray | None = None) -> None:
    """Sort what has equal keys once more, in place; a sort of everything by both would take four times as long."""
    equal = (keys[1:] == keys[:-1]).nonzero()[0]
    if len(equal):
        tied = np.union1d(equal, equal + 1)
        among = order[tied]
        row = among if rows is None else rows[among]
        order[tied] = among[np.lexsort((tie_break[row], keys[tied]))]
