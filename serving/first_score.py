"""One score that nobody asked for: a model that cannot give it must not take over."""

import time
from zoneinfo import ZoneInfo

from features.wording import LANGUAGES
from serving.answering import answer, read_request
from serving.champion import Champion
from serving.examples import REQUESTS
from serving.row_fields import Reading


def score_example(champion: Champion) -> None:
    """Score the documented example in every language."""
    now_ms = time.time_ns() // 1_000_000
    # As of now, whatever this machine's clock says: the example's own instant may lie in its future.
    example = {**REQUESTS["en"], "as_of": None}
    request = read_request(example, Reading(ZoneInfo("UTC"), now_ms, max_rows=1_000))
    for language in LANGUAGES:
        answer(champion, request._replace(language=language), language, now_ms)
