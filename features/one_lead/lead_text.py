"""One text, or none."""

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

from features.arrays import FloatArray


@dataclass(slots=True)
class LeadText:
    """What a column says of one lead; nobody changes one, though it is not frozen, which would take longer.

    Attributes
    ----------
    text : str or None
        None is missing.
    """

    text: str | None

    def or_else(self, other: "LeadText") -> "LeadText":
        """Fill what is missing here."""
        return other if self.text is None else self

    def mapped(self, text_of: Callable[[str], str | None]) -> "LeadText":
        """Turn the text into another; None becomes missing."""
        return self if self.text is None else LeadText(text_of(self.text))

    def numbers(self, number_of: Callable[[tuple[str, ...]], FloatArray]) -> float:
        """Turn the text into a number; missing text becomes NaN."""
        return nan if self.text is None else float(number_of((self.text,))[0])
