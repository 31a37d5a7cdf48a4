"""JSON that is well written and says something else than it should."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Path = tuple[str | int, ...]
Change = Callable[[Any], Any]

ODD: Sequence[Any] = (
    *(None, True, 0, -1, 1.5, -0.0, 3e38, 2**31, 2**63, 10**30, 10**400),
    *("", " ", "a", "\0", "x" * 1_001, "x" * 3_000, "NaN", "Infinity", "1e999", "1,000", "true"),
    *("2024-01-01", "2024-02-30", "0001-01-01", "9999-12-31T23:59:59.999999+23:59", "1969-12-31T23:59:59Z", "24:00"),
    *("won", "lost", "director", "ja", "fr", "meeting", "../../etc/passwd", "'; drop table leads; --", "{{7*7}}"),
    *("\u202e", "\ufeff", "İ", "ﬁ", "😀", "三つ目"),
)
_NAMES = (
    "lead",
    "lead_id",
    "company",
    "activities",
    "as_of",
    "type",
    "format",
    "",
    "\0",
    "a" * 101,
    "Lead_ID",
    " as_of",
)


def any_json() -> SearchStrategy[Any]:
    """Return anything that JSON can say, mostly under names that mean something to the project."""
    leaves = st.sampled_from(ODD) | st.text(max_size=5) | st.integers() | st.floats(-3e38, 3e38)
    names = st.sampled_from(_NAMES) | st.text(max_size=3)
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
    )


def changes() -> SearchStrategy[Change]:
    """Return one to three changes: a value replaced, taken away, added, repeated, or put under another name."""
    one = st.tuples(
        st.integers(0, 1 << 20),
        st.sampled_from(["replace", "replace", "remove", "add", "repeat", "rename"]),
        any_json(),
        st.sampled_from(_NAMES),
    )
    return st.lists(one, min_size=1, max_size=3).map(lambda several: lambda whole: _changed(whole, several))


def _changed(whole: Any, several: Sequence[tuple[int, str, Any, str]]) -> Any:
    whole = copy.deepcopy(whole)
    for place, what, value, name in several:
        paths = [*_paths(whole)]
        if not paths:
            return value
        *above, last = paths[place % len(paths)]
        holder = whole
        for key in above:
            holder = holder[key]
        _change(holder, last, what, copy.deepcopy(value), name)
    return whole


def _change(holder: Any, key: str | int, what: str, value: Any, name: str) -> None:
    match what:
        case "remove":
            del holder[key]
        case "add" | "rename" if isinstance(holder, dict):
            holder[name] = value if what == "add" else holder.pop(key)
        case "add" | "repeat" if isinstance(holder, list):
            holder += [value] if what == "add" else [holder[int(key)]] * 300
        case _:
            holder[key] = value


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    """Yield the place of everything within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*above, key)
        yield from _paths(part, (*above, key))
