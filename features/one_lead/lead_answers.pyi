from collections.abc import Mapping

from features.answer import Answer
from features.lead_source import Rows

def lead_answers(rows: Rows, as_of_ms: int, hidden: frozenset[str]) -> Mapping[str, Answer]: ...
