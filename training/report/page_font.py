"""A font for the Japanese of a page, so that it is legible where no Japanese font is installed."""

from base64 import b64encode
from io import BytesIO
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

from training.report.figures.fonts import japanese_file

FAMILY: Final = "Report Japanese"
_FIRST_JAPANESE: Final = "\u2e80"
"""Where the scripts of East Asia begin; letters before it are in every font."""


def font_face(page: str) -> str:
    """Return the style rule of a font with just the Japanese characters of a page, as an empty text where it has none.

    The IPA Font License lets documents carry the font; some hundred characters come to about 100 kB.
    """
    characters = {character for character in page if character >= _FIRST_JAPANESE}
    if not characters:
        return ""
    return (
        f'@font-face {{ font-family: "{FAMILY}"; '
        f"src: url(data:font/woff;base64,{b64encode(_subset(characters)).decode('ascii')}) format('woff'); }}"
    )


def _subset(characters: set[str]) -> bytes:
    font = TTFont(japanese_file(), recalcTimestamp=False)  # the same page, byte for byte
    options = subset.Options(notdef_outline=True, hinting=False, layout_features=[])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in sorted(characters)])
    cutter.subset(font)
    font.flavor = "woff"
    packed = BytesIO()
    font.save(packed, reorderTables=False)
    return packed.getvalue()
