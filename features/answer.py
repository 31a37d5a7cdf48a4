"""An answer to one of our questions."""

from typing import NamedTuple


class Answer(NamedTuple):
    """An answer as the qualifications table writes it, and when it was given, in milliseconds since the epoch."""

    text: str
    answered_at_ms: int
