"""The array types that the packages exchange."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
RowArray: TypeAlias = npt.NDArray[np.signedinteger]
"""Row numbers, in as few bytes as hold them all."""

BoolArray: TypeAlias = npt.NDArray[np.bool_]
