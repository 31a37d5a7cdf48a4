"""What one lead had answered to our questions by an instant."""

from collections.abc import Mapping
from typing import Any

from features.answer import Answer
from features.answers import QUESTIONS
from features.lead_source import Rows


def lead_answers(rows: Rows, as_of_ms: int, hidden: frozenset[str]) -> Mapping[str, Answer]:
    """Return the latest answer to each question that has one, given strictly before an instant.

    A blank cell is no answer, so it leaves an earlier one standing; of two answers at the same instant the greater
    counts.

    Parameters
    ----------
    rows : sequence of mapping
        The lead's rows of the qualifications table.
    as_of_ms : int
    hidden : frozenset of str
        Questions that count as never asked.
    """
    latest: dict[str, tuple[int, Any]] = {}
    for row in rows:
        given_ms = row.get("answered_at")
        if given_ms is None or given_ms >= as_of_ms:
            continue
        for question in QUESTIONS:
            text = row.get(question)
            if text is not None and (question not in latest or (given_ms, text) > latest[question]):
                latest[question] = given_ms, text
    return {name: Answer(str(text), given_ms) for name, (given_ms, text) in latest.items() if name not in hidden}
