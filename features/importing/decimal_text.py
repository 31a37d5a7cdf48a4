"""Numbers as spreadsheets write them, into numbers with a point."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.arrays import BoolArray
from features.importing.mapping import DecimalMark
from features.validation import marks, parse_numbers

_GROUPED: Final = {
    ".": r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$",
    ",": r"^[+-]?\d{1,3}([. \x{a0}\x{202f}]\d{3})+(,\d+)?$",
}
_WITH_COMMA: Final = r"^[+-]?(\d+,\d+|\d{1,3}([., ]\d{3})+([.,]\d+)?)$"


def plain_numbers(text: pa.Array, decimal: DecimalMark) -> pa.Array:
    """Return the cells with a point as decimal mark and nothing between thousands; others are left as they are."""
    if decimal == "unsaid":
        return text
    grouped = pc.match_substring_regex(text, _GROUPED[decimal])
    text = pc.if_else(grouped, _without_marks(text, decimal), text)
    if decimal == ".":
        return text
    return pc.if_else(pc.match_substring_regex(text, r"^[+-]?\d*,\d+$"), pc.replace_substring(text, ",", "."), text)


def has_unsaid_comma(text: pa.Array) -> BoolArray:
    """Return which cells are numbers whose comma may be a decimal mark or stand between thousands."""
    return marks(pc.match_substring_regex(text, _WITH_COMMA))


def scaled(text: pa.Array, multiply_by: float, divide_by: float) -> pa.Array:
    """Return numbers multiplied, then divided; what is no number is left as it is."""
    if multiply_by == divide_by:
        return text
    numbers, _ = parse_numbers(pa.chunked_array([text]))
    known = np.isfinite(numbers)
    products = [repr(float(number)) for number in numbers[known] * multiply_by / divide_by]
    result = np.asarray(text.to_numpy(zero_copy_only=False), dtype=object)
    result[known] = products
    return pa.array(result, pa.large_string(), from_pandas=True)


def _without_marks(text: pa.Array, decimal: DecimalMark) -> pa.Array:
    return pc.replace_substring_regex(text, "," if decimal == "." else r"[. \x{a0}\x{202f}]", "")
