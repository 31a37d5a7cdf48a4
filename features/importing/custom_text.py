"""Cells of custom fields in the spelling by which their content is told later."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from features.importing.clock_text import clock_text
from features.importing.decimal_text import plain_numbers
from features.importing.mapping import Formats
from features.validation import marks, matching

_NUMBER: Final = r"^[+-]?\d+(?:\.\d+)?$"
_DATE: Final = r"^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}.*)?$"


def custom_text(text: pa.Array, formats: Formats) -> pa.Array:
    """Spell a column of numbers with points, or a column of times in ISO 8601; any other is left as it is.

    Whole numbers stay numbers, though a spreadsheet may mean days by them: nothing says so of a custom field.
    """
    filled = marks(pc.is_valid(text))
    if not filled.any():
        return text
    numbers = plain_numbers(text, formats.decimal)
    if matching(numbers, _NUMBER)[filled].all():
        return numbers
    if matching(text, _NUMBER).any():
        return text
    times = clock_text(text, formats.dates, excel=False, end_of_day=False).text
    return times if matching(times, _DATE)[filled].all() else text
