"""Names that often belong to columns written down in hindsight."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from features.rules_file import read_rules
from features.wording import Wording
from training.audit.evidence.evidence import Figure

NAMES: Final = Path(__file__).parents[1] / "names.toml"
_PARTS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+")


@dataclass(frozen=True, slots=True)
class SuspiciousName:
    """The word in the name that raises suspicion."""

    word: str

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        return Wording(
            f"its name holds '{self.word}', which is often written down in hindsight",
            f"名称に「{self.word}」を含み、結果が出た後に記入されることが多い",
        )

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The word."""
        return {"suspicious_word": self.word}


def suspicious_name(column: str) -> SuspiciousName | None:
    """Return the first word in a column's name that raises suspicion."""
    words = f" {' '.join(part for part in _PARTS.split(column) if part).lower()} "
    english, japanese = _words()
    found = [word for word in english if f" {word} " in words] + [word for word in japanese if word in column]
    return SuspiciousName(found[0]) if found else None


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    reader = read_rules(NAMES)
    words = reader.top.texts("en"), reader.top.texts("ja")
    reader.check()
    return words
