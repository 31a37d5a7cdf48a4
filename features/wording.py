"""Words for people, in each language that people read."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["en", "ja"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "ja")


@dataclass(frozen=True, slots=True)
class Wording:
    """One phrase in English and Japanese."""

    en: str
    ja: str

    def in_language(self, language: Language) -> str:
        """Return the phrase in the given language."""
        return self.ja if language == "ja" else self.en
