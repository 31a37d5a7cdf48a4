"""What of a lead's rows a model must not see."""

from collections.abc import Mapping
from functools import lru_cache

from features.schema import SCHEMAS

Hidden = Mapping[str, frozenset[str]]


@lru_cache(maxsize=64)
def hidden_columns(excluded: frozenset[str]) -> Hidden:
    """Return the columns that are blank, by table; those of ``activities`` are types as well.

    Parameters
    ----------
    excluded : frozenset of str
        As ``RemainingSource`` takes it.
    """
    pairs = [name.partition(".") for name in excluded]
    return {table: frozenset(column for of, _, column in pairs if of == table) for table in SCHEMAS}
