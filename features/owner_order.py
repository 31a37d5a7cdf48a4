"""Rows put in the order of their owners by counting, which for many rows is quicker than any sort."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array

from features.arrays import IntArray


@dataclass(frozen=True)
class OwnerOrder:
    """Rows by owner, those of one owner in the order in which they came.

    Attributes
    ----------
    rows : numpy.ndarray
        int64, which row stands at each place.
    owner : numpy.ndarray
        int64, whose it is.
    values : numpy.ndarray
        int64, what it brought along.
    """

    rows: IntArray
    owner: IntArray
    values: IntArray


def owner_order(owner: IntArray, values: IntArray) -> OwnerOrder:
    """Order rows by owner, and carry a value along with each.

    Turning coordinates into compressed rows is a counting sort: it goes over the rows twice, whatever their order.

    Parameters
    ----------
    owner : numpy.ndarray
        int64, not below zero.
    values : numpy.ndarray
        int64, one a row.
    """
    shape = int(owner.max(initial=-1)) + 1, len(owner)
    table = coo_array((values, (owner, np.arange(len(owner)))), shape=shape).tocsr()
    by_owner = np.repeat(np.arange(shape[0]), np.diff(table.indptr))
    return OwnerOrder(table.indices.astype(np.int64), by_owner, table.data)
