"""Shapley values of leaves, for every way in which the questions above them can be answered."""

from typing import NamedTuple

import numpy as np

from features.arrays import FloatArray, IntArray


class Leaves(NamedTuple):
    """Leaves, padded to equally many steps from the root.

    Attributes
    ----------
    values : numpy.ndarray
        float64, one a leaf.
    features : numpy.ndarray
        int64, shape (leaves, steps): which of the leaf's features a step asks about, counted from 0.
    shares : numpy.ndarray
        float64, the same shape: the share of the training rows that went this way; 1 beyond the end of the way.
    """

    values: FloatArray
    features: IntArray
    shares: FloatArray


def leaf_contributions(leaves: Leaves) -> FloatArray:
    """Return what each feature adds to the mean of a tree by way of each leaf.

    This is the path-dependent TreeSHAP of Lundberg et al. 2020, "From local explanations to global understanding with
    explainable AI for trees" (doi:10.1038/s42256-019-0138-9), worked out once for each pattern of answers, as Yang
    2021, "Fast TreeSHAP" (arXiv:2109.09847), does for the subsets of a leaf's features. A leaf's game is a product over
    its features, of 1 or 0 where a feature is known to lead to it or not, and of the share of rows that go its way
    where it is not known. The Shapley value of such a game is an integral of a polynomial, the multilinear extension
    (Owen 1972, doi:10.1287/mnsc.18.5.64), which Gauss's quadrature gives exactly.

    Returns
    -------
    numpy.ndarray
        float64, shape (leaves, patterns, features). Bit s of a pattern tells whether step s leads on; those beyond the
        end of a way do.
    """
    steps = np.arange(leaves.features.shape[1])
    holds = (np.arange(1 << len(steps))[:, np.newaxis] >> steps & 1).astype(np.bool_)
    of_feature = leaves.features[:, np.newaxis, :] == np.arange(leaves.features.max(initial=0) + 1)[:, np.newaxis]
    known = (holds[:, np.newaxis, :] | ~of_feature[:, np.newaxis]).all(axis=-1).astype(np.float64)
    unknown = np.where(of_feature, leaves.shares[:, np.newaxis, :], 1.0).prod(axis=-1)[:, np.newaxis, :]
    return leaves.values[:, np.newaxis, np.newaxis] * _shapley(known, unknown)


def _shapley(known: FloatArray, unknown: FloatArray) -> FloatArray:
    """Return the Shapley values of products of ``known`` for players within a coalition and ``unknown`` for others."""
    points, weights = np.polynomial.legendre.leggauss((known.shape[-1] + 1) // 2)
    total = np.zeros(known.shape)
    for point, weight in zip((points + 1) / 2, weights / 2, strict=True):
        factors = point * known + (1 - point) * unknown
        total += weight * factors.prod(axis=-1, keepdims=True) / factors
    return (known - unknown) * total
