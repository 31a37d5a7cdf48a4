"""Streams: activity types, alone or several that mean the same to sales."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from features.arrays import IntArray
from features.running_counts import Choices

EMAIL_TYPES: Final = frozenset({"email_sent", "email_open", "email_click", "email_reply"})
REAL_CONTACT_TYPES: Final = frozenset({"call", "meeting", "seminar_attend", "event_visit"})
WEB_TYPES: Final = frozenset({"page_view", "form_submit", "content_download"})
RESPONSE_TYPES: Final = frozenset(
    {
        "email_click",
        "email_reply",
        "form_submit",
        "content_download",
        "seminar_attend",
        "event_visit",
        "survey_answer",
        "meeting",
        "trial_signup",
    }
)
"""What a lead does itself and on purpose: opening a mail or being called is not a response."""

KNOWN_TYPES: Final = EMAIL_TYPES | REAL_CONTACT_TYPES | WEB_TYPES | RESPONSE_TYPES | {"product_use", "unsubscribe"}

ANY: Final = "any"
GROUPS: Final = {"real_contact": REAL_CONTACT_TYPES, "web": WEB_TYPES, "response": RESPONSE_TYPES}
_NOTHING: Final = (0, 0)
MOST_SIDE_BY_SIDE: Final = 32
"""So much memory goes to a source of very many types: that of so many streams at a time."""


@dataclass(frozen=True, eq=False)
class StreamLayout:
    """How the streams of a source are laid out in blocks.

    Attributes
    ----------
    blocks : tuple of Choices
        One row a stream and one column a type.
    places : mapping of str to (int, int)
        The block and the row of each stream.
    """

    blocks: tuple[Choices, ...]
    places: Mapping[str, tuple[int, int]]

    def place(self, stream: str) -> tuple[int, int]:
        """Return block and row of a stream; that of a type which the source does not have is empty."""
        return self.places.get(stream, _NOTHING)


@lru_cache(maxsize=4_096)
def stream_layout(types: tuple[str, ...], ranked: tuple[str, ...]) -> StreamLayout:
    """Lay out the streams of a source: an empty one, the groups, then one for each of its types.

    Parameters
    ----------
    types : tuple of str
        In the order of their codes.
    ranked : tuple of str
        The same with those first that are asked for most.
    """
    groups = [group for group, among in GROUPS.items() if among.intersection(types)]
    streams = ["", ANY, *groups, *(name for name in ranked if name != ANY and name not in GROUPS)]
    starts = range(0, len(streams), MOST_SIDE_BY_SIDE)
    blocks = tuple(_members(streams[start : start + MOST_SIDE_BY_SIDE], types) for start in starts)
    return StreamLayout(blocks, {name: divmod(at, MOST_SIDE_BY_SIDE) for at, name in enumerate(streams) if at})


@lru_cache(maxsize=4_096)
def rows_of(layout: StreamLayout, streams: tuple[str, ...]) -> tuple[tuple[int, IntArray, IntArray], ...]:
    """Return the blocks that some streams are in, which of them are there, and in which rows."""
    places = np.array([layout.place(stream) for stream in streams], dtype=np.int64)
    blocks, row = places[:, 0], places[:, 1]
    there = ((block, (blocks == block).nonzero()[0]) for block in sorted({*blocks.tolist()}))
    return tuple((block, which, row[which]) for block, which in there)


def _members(streams: list[str], types: tuple[str, ...]) -> Choices:
    return Choices(np.array([_belong(stream, types) for stream in streams], dtype=np.bool_))


def _belong(stream: str, types: tuple[str, ...]) -> list[bool]:
    if stream == ANY:
        return [True] * (len(types) + 1)
    among = GROUPS.get(stream, frozenset({stream}))
    return [*(bool(stream) and name in among for name in types), False]
