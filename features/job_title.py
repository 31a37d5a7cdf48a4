"""What a job title says of a person's rank and department, in English and Japanese.

The words are data, in ``lexicon/job_titles.toml``; here is how they are found. A title is cut into units, Latin words
and single Japanese characters, and read from left to right for the longest phrase that a list knows. So "IT" is a word
and no part of "Capital", 部　長 with a gap is 部長, and full-width ＣＥＯ is CEO.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

_LATIN: Final = "a-zß-öø-ÿ0-9"
_UNIT: Final = re.compile(rf"[{_LATIN}]+(?:&[{_LATIN}]+)?|\S")
_BREAK: Final = "|"
_GAP: Final = "_"
"""Between Japanese words; no phrase reaches over it."""
_REWRITES: Final = (
    # c.e.o. -> ceo
    (re.compile(r"\b([a-z])\.(?=[a-z]\b)"), r"\1"),
    (re.compile(r"\bresearch (?:&|and) development\b"), "r&d"),
    (re.compile(r"\blearning (?:&|and) development\b"), "l&d"),
    (re.compile(r"\s(?:&|and)\s|\s[-–—]\s|[,/;:|()\[\]・、，+–—兼]"), f" {_BREAK} "),
    (re.compile(r"[-_.]"), " "),
    # 部　長 -> 部長, while 営業部 長期計画担当 stays two words
    (re.compile(r"(?<=(?<!\S)[^\x00-\x7f])\s+(?=[^\x00-\x7f](?!\S))"), ""),
    (re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])"), f" {_GAP} "),
    (re.compile("マネー?ジャー?"), "マネージャー"),
    # whom somebody serves says nothing of themselves
    (re.compile(r"\b[a-z]+['’]s (?=assistant|secretary|office|aide)"), ""),
    (re.compile(r"\b(assistant|secretary|pa|ea|adviser|advisor|aide|support|staff) (?:to|of|for)\b[^|]*"), r"\1 "),
    (re.compile(r"\boffice of (?:the )?[a-z]+|\b(?:c[a-z]o|president|chairman|founders?|md) office\b"), ""),
    # a partner stands at the end; before another word it is what the work is about
    (re.compile(r"\bpartner (?=[a-z])(?!at |in )|パートナー(?=[^\s|])"), ""),
    (re.compile(r"\bchief ((?:[a-z&]+ ){1,4})officer\b"), r"cxo chief \1"),
)
_BEGINNER: Final = "beginner"
_NOTHING: Final = "nothing"
_NO_STEP_BELOW: Final = frozenset({"owner", "partner"})
_WORDS_BETWEEN: Final = 2
"""How many words may stand between "assistant" and the rank that it takes down: "Assistant Regional Sales Manager"."""


@dataclass(frozen=True, slots=True)
class _Find:
    """A phrase found in the units ``start`` to ``end``, and what it means."""

    start: int
    end: int
    meaning: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases as units, with their meaning."""

    meanings: Mapping[tuple[str, ...], str]
    longest: int

    @classmethod
    def of(cls, lists: Mapping[str, list[str]]) -> "_Phrases":
        """Take the lists of phrases by meaning."""
        meanings = {tuple(_UNIT.findall(phrase)): meaning for meaning, phrases in lists.items() for phrase in phrases}
        return cls(meanings, max(map(len, meanings)))

    def find(self, units: tuple[str, ...]) -> Iterator[_Find]:
        """Yield the longest phrases from left to right, none overlapping another, without those that mean nothing."""
        start = 0
        while start < len(units):
            found = self._at(units, start)
            if found and found.meaning != _NOTHING:
                yield found
            start = found.end if found else start + 1

    def _at(self, units: tuple[str, ...], start: int) -> _Find | None:
        for end in range(min(start + self.longest, len(units)), start, -1):
            meaning = self.meanings.get(units[start:end])
            if meaning:
                return _Find(start, end, meaning)
        return None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lists of ``lexicon/job_titles.toml``, ready to be searched."""

    ranks: tuple[str, ...]
    rank_phrases: _Phrases
    department_phrases: _Phrases
    other_department_phrases: _Phrases
    lowering_before: frozenset[str]
    lowering_after: tuple[str, ...]


def seniority(titles: pd.Series) -> pd.Series:
    """Read the rank out of job titles.

    Parameters
    ----------
    titles : pandas.Series
        Job titles as text.

    Returns
    -------
    pandas.Series
        ``str``, same index: ``owner``, ``executive``, ``partner``, ``vp``, ``director``, ``manager``, ``senior``,
        ``employee`` or ``entry`` (HubSpot's option values). Missing where the title is blank or says nothing of it.
    """
    return titles.map({title: seniority_of(title) for title in titles.dropna().unique()}).astype("str")


def department(titles: pd.Series) -> pd.Series:
    """Read the department out of job titles.

    Parameters
    ----------
    titles : pandas.Series
        Job titles as text.

    Returns
    -------
    pandas.Series
        ``str``, same index: a department of ``lexicon/job_titles.toml`` such as ``it`` or ``general_affairs``.
        Missing where the title is blank or names none.
    """
    return titles.map({title: department_of(title) for title in titles.dropna().unique()}).astype("str")


@lru_cache(maxsize=65_536)
def seniority_of(title: str) -> str | None:
    """Return the rank that one title says; None where it says none."""
    lexicon, units = _lexicon(), _units(title)
    found = [_rank(find, units, lexicon) for find in lexicon.rank_phrases.find(units)]
    if _BEGINNER in found:
        return "entry"
    if found:
        return min(found, key=lexicon.ranks.index)
    return "employee" if department_of(title) else None


@lru_cache(maxsize=65_536)
def department_of(title: str) -> str | None:
    """Return the department that one title names; None where it names none."""
    units = _units(title)
    for phrases in (_lexicon().department_phrases, _lexicon().other_department_phrases):
        found = list(phrases.find(units))
        if found:
            first_break = next((at for at in range(found[0].end, len(units)) if units[at] == _BREAK), len(units))
            return [find.meaning for find in found if find.start < first_break][-1]
    return None


def _rank(find: _Find, units: tuple[str, ...], lexicon: _Lexicon) -> str:
    """Return the rank of a find, one step down where a word before or after it says so."""
    ladder = [rank for rank in lexicon.ranks if rank not in _NO_STEP_BELOW]
    if find.meaning not in ladder or not _is_lowered(find, units, lexicon):
        return find.meaning
    return ladder[min(ladder.index(find.meaning) + 1, len(ladder) - 1)]


def _is_lowered(find: _Find, units: tuple[str, ...], lexicon: _Lexicon) -> bool:
    after = "".join(units[find.end : find.end + 2])
    if after.startswith(lexicon.lowering_after):
        return True
    for distance, unit in enumerate(reversed(units[: find.start])):
        if unit == _BREAK or distance > _WORDS_BETWEEN:
            return False
        if unit in lexicon.lowering_before:
            return distance == 0 or unit.isascii()
    return False


def _units(title: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", title).lower()
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return tuple(_UNIT.findall(text))


@cache
def _lexicon() -> _Lexicon:
    lists = tomllib.loads((Path(__file__).parent / "lexicon" / "job_titles.toml").read_text(encoding="utf-8"))
    nothing = lists["nothing"]
    ranks = lists["seniority"] | {_BEGINNER: lists["beginner"]["words"], _NOTHING: nothing["rank"]}
    return _Lexicon(
        ranks=tuple(lists["seniority"]),
        rank_phrases=_Phrases.of(ranks),
        department_phrases=_Phrases.of(lists["department"] | {_NOTHING: nothing["department"]}),
        other_department_phrases=_Phrases.of(lists["department_otherwise"]),
        lowering_before=frozenset(lists["one_step_down"]["before"]),
        lowering_after=tuple(lists["one_step_down"]["after"]),
    )
