"""What of a lead's rows a model must not see."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from features.schema import SCHEMAS

Hidden = Mapping[str, frozenset[str]]
NOTHING_HIDDEN: Final[Hidden] = MappingProxyType({table: frozenset() for table in SCHEMAS})


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
