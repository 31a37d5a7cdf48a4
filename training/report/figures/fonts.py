"""Fonts that figures are drawn with; a machine without any Japanese font draws Japanese all the same.

The font comes with the package ``matplotlib-fontja``. Importing that package changes matplotlib's global settings, so
its file is found without an import.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from features.wording import Language

_JAPANESE: Final = "IPAexGothic"
_LATIN: Final = "DejaVu Sans"
_REPLACEMENT: Final = "□"


def families(language: Language) -> list[str]:
    """Return the font families in the order in which a glyph is looked for."""
    _register_japanese()
    return [_JAPANESE, _LATIN] if language == "ja" else [_LATIN, _JAPANESE]


def legible(text: str) -> str:
    """Return the text with white space collapsed and every character that no font can draw replaced by a box."""
    known = _known_characters()
    return "".join(letter if ord(letter) in known else _REPLACEMENT for letter in " ".join(text.split()))


@cache
def _register_japanese() -> None:
    font_manager.fontManager.addfont(japanese_file())


@cache
def _known_characters() -> frozenset[int]:
    latin = font_manager.findfont(_LATIN)
    return frozenset(FT2Font(latin).get_charmap()) | frozenset(FT2Font(japanese_file()).get_charmap())


@cache
def japanese_file() -> str:
    """Return the path of the font that has Japanese glyphs."""
    package = find_spec("matplotlib_fontja")
    if package is None or package.origin is None:
        raise ModuleNotFoundError(
            "the report's Japanese font was not found: it comes with the package matplotlib-fontja; run `make install`"
        )
    return str(Path(package.origin).parent / "fonts" / "ipaexg.ttf")
