"""How many leads sales can work."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?|\.\d+", re.ASCII)
_REQUIRED: Final = "must be the share or the number of leads that sales can work, such as 15%, 0.15 or 200"


class CapacityError(ValueError):
    """A capacity is neither a share nor a number of leads, or cannot be applied to the source."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many leads may be graded A: a share of those that scores are ranked among, or a number of those open now.

    Attributes
    ----------
    share : float or None
        Above 0, below 1.
    leads : int or None
        At least 1; stated where the share is not.
    """

    share: float | None = None
    leads: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Capacity":
        """Read a share such as ``15%`` or ``0.15``, or a whole number of leads such as ``200`` or ``1,200``.

        Raises
        ------
        CapacityError
            Where it is neither; repeats what was found.
        """
        plain = unicodedata.normalize("NFKC", text).replace(" ", "")
        number = plain.removesuffix("%")
        if _NUMBER.fullmatch(number) is None:
            raise CapacityError(f"CAPACITY {_REQUIRED}; found {text!r}")
        amount = float(number.replace(",", ""))
        is_percent = number != plain
        share = amount / 100 if is_percent else amount
        if 0 < share < 1:
            return cls(share=share)
        if is_percent or not amount.is_integer() or amount == 0:
            raise CapacityError(f"CAPACITY {_REQUIRED}: a share lies above 0% and below 100%; found {text!r}")
        return cls(leads=int(amount))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Capacity | None":
        """Read the variable ``CAPACITY``, None where it is blank; raises as ``parse`` does."""
        text = environment.get("CAPACITY", "").strip()
        return cls.parse(text) if text else None

    def __str__(self) -> str:
        return f"{self.leads} leads" if self.share is None else f"{100 * self.share:g}%"
