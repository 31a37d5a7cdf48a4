"""Who can change what a score is made from."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

import pandas as pd

from features.wording import Language, Wording

Who: TypeAlias = Literal["we", "ask", "lead", "process", "nobody"]

WHO: Final[Mapping[Who, Wording]] = {
    "we": Wording("we can do or arrange it", "自社で実行・手配できる"),
    "ask": Wording("we can ask; the answer is the lead's", "質問できるが、答えるのは相手"),
    "lead": Wording("we can invite; only the lead does it", "案内はできるが、行動するのは相手"),
    "process": Wording(
        "it follows from what happened; moved without cause it changes the score and not the lead",
        "実際の進展の結果。実態なしに動かしても、変わるのはスコアだけ",
    ),
    "nobody": Wording("nobody can; correct it only where it is wrong", "変えられない（誤記の訂正のみ）"),
}
"""Who brings a change about, in words."""

_OURS: Final = frozenset({"call", "email_sent", "meeting"})
_TABLES: Final[Mapping[str, Who]] = {
    "lead": "nobody",
    "company": "nobody",
    "qualifications": "ask",
    "stage_history": "process",
    "deals": "process",
}
_TIMES: Final = frozenset({"occurred_at", "recorded_at", "answered_at", "entered_at", "created_at"})


def who_changes(table: str, name: str) -> Who:
    """Return who can bring about a change of an input.

    Parameters
    ----------
    table : str
        ``lead``, ``company``, or the table that gets a row.
    name : str
        The field, the type of activity, or the question. A type that the project does not know is the lead's own.
    """
    if table == "activities":
        return "we" if name in _OURS else "lead"
    return _TABLES[table]


def changed_inputs(changes: Mapping[str, Any], language: Language) -> pd.DataFrame:
    """List the inputs that some changes touch.

    Returns
    -------
    pandas.DataFrame
        ``table``, ``input``, ``value`` as they were given, ``who`` as in ``WHO``, ``can_change`` (whether our side can
        bring it about or ask for it), ``why`` in words.
    """
    rows = [(table, name, value, who_changes(table, name)) for table, name, value in _inputs(changes)]
    frame = pd.DataFrame(rows, columns=["table", "input", "value", "who"])
    return frame.assign(
        can_change=frame["who"].isin(["we", "ask"]), why=frame["who"].map(lambda who: WHO[who].in_language(language))
    )


def _inputs(changes: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    for table, content in changes.items():
        if table in ("lead", "company"):
            yield from ((table, name, value) for name, value in content.items())
            continue
        for row in content:
            if table == "activities":
                yield table, str(row.get("type")), row.get("value", "")
            else:
                yield from ((table, name, value) for name, value in row.items() if name not in _TIMES)
