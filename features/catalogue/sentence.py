"""How a feature says its value: one short sentence, written once per feature and language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Final, TypeAlias

from features.catalogue.numerals import grouped, plain
from features.catalogue.saying import CategorySaying, NumberSaying
from features.wording import Language, Wording

Written: TypeAlias = Callable[[float, Language], str]

_RARE: Final = Wording("a value rare or not seen in training", "学習データにない、またはまれな値")


@dataclass(frozen=True, slots=True)
class NumberSentence:
    """A number said in words.

    Attributes
    ----------
    many : Wording
        The sentence, with ``{}`` where the number stands. Names from a source go through ``escaped`` first.
    written : callable
        From a number and a language to what replaces ``{}``.
    one : Wording or None
        The sentence where the number is written as 1; None where it reads as for any other number.
    zero : Wording or None
        The sentence for 0; None where it reads as for any other number.
    """

    many: Wording
    written: Written = grouped
    one: Wording | None = None
    zero: Wording | None = None

    def say(self, value: float, language: Language) -> str:
        """Return the sentence for a number."""
        return self.saying(language).of(value)

    def saying(self, language: Language, missing: str | None = None) -> NumberSaying:
        """Return the sentences of one language, ready for many numbers.

        Parameters
        ----------
        language : {"en", "ja"}
        missing : str, optional
            The sentence for NaN, where that is a missing value.
        """
        one = None if self.one is None else _pieces(self.one.in_language(language))
        zero = None if self.zero is None else self.zero.in_language(language).format()
        return NumberSaying(_pieces(self.many.in_language(language)), self.written, language, one, zero, missing)


@dataclass(frozen=True, slots=True)
class CategorySentence:
    """A label and the category: ``need: must have``.

    Attributes
    ----------
    label : Wording
        What the category is of.
    words : mapping of str to Wording
        Words for well-known categories, by their name in lower case with underscores; any other is said verbatim.
    """

    label: Wording
    words: Mapping[str, Wording] = field(default_factory=dict)

    def say(self, category: str | None, language: Language) -> str:
        """Return the sentence for a category; None stands for one that the model does not distinguish."""
        said = _RARE.in_language(language) if category is None else self._said(category, language)
        return f"{self.label.ja}：{said}" if language == "ja" else f"{self.label.en}: {said}"

    def saying(self, language: Language, categories: tuple[str, ...], missing: str) -> CategorySaying:
        """Return the sentences of one language, ready for the codes of categories and for missing ones."""
        sentences = tuple(self.say(category, language) for category in categories)
        return CategorySaying(sentences, self.say(None, language), missing)

    def _said(self, category: str, language: Language) -> str:
        words = self.words.get(category.lower().replace(" ", "_"))
        return category if words is None else words.in_language(language)


Sentence: TypeAlias = NumberSentence | CategorySentence


def _pieces(template: str) -> tuple[str, ...]:
    """Return what stands before, between and after the numbers of a sentence."""
    pieces = [""]
    for literal, name, _, _ in Formatter().parse(template):
        pieces[-1] += literal
        if name is not None:
            pieces.append("")
    return tuple(pieces)


def yes_or_no(yes: Wording, no: Wording) -> NumberSentence:
    """Say a flag."""
    return NumberSentence(many=yes, zero=no)


def labelled(label: Wording, written: Written = plain) -> NumberSentence:
    """Say a number of which nothing but the label is known: ``seats: 40``."""
    return NumberSentence(Wording(f"{escaped(label.en)}: {{}}", f"{escaped(label.ja)}：{{}}"), written)


def not_known(label: Wording) -> Wording:
    """Say that the value behind a label is missing."""
    return Wording(f"{label.en}: not known", f"{label.ja}：不明")


def uncapitalised(wording: Wording) -> Wording:
    """Return a heading as it stands within a sentence; an abbreviation such as BANT stays as it is."""
    is_word = wording.en[1:2].islower()
    return Wording(wording.en[0].lower() + wording.en[1:] if is_word else wording.en, wording.ja)


def escaped(name: str) -> str:
    """Return a source's own name for use in a sentence with ``{}``: its braces are no places for a number."""
    return name.replace("{", "{{").replace("}", "}}")
