"""The report's own sentences, one file a language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from features.wording import Language
from training.report.numerals import Numerals


@dataclass(frozen=True)
class Vocabulary:
    """Phrases and number formats of one language.

    Attributes
    ----------
    language : {"en", "ja"}
        The language.
    phrases : mapping of str to str
        ``section.key`` to a phrase with ``{placeholders}``.
    numerals : Numerals
        How the language writes numbers and dates.
    """

    language: Language
    phrases: Mapping[str, str]
    numerals: Numerals

    def __call__(self, key: str, **values: object) -> str:
        """Return a phrase with its placeholders filled; a phrase that does not exist raises KeyError."""
        return self.phrases[key].format(**values)

    def either(self, key: str, otherwise: str) -> str:
        """Return a phrase, or the given text where the language has no such phrase."""
        return self.phrases.get(key, otherwise)


@cache
def vocabulary(language: Language, *others: str) -> Vocabulary:
    """Read the phrases of a language, and those of other packages that have a folder ``words``."""
    phrases: dict[str, str] = {}
    for package in ("training.report", *others):
        phrases |= _phrases(package, language)
    return Vocabulary(language, MappingProxyType(phrases), Numerals(language))


def _phrases(package: str, language: Language) -> dict[str, str]:
    text = files(package).joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": phrase
        for section, entries in tomllib.loads(text).items()
        for key, phrase in entries.items()
    }
