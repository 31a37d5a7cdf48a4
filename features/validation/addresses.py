"""Mail addresses that several leads share, counted while they are still there."""

from collections.abc import Iterator

import pandas as pd

from features.faults import Fault
from features.validation.raw import RawTable, Rule

OWN_ADDRESS = Rule(
    "every lead has a mail address of its own", "Merge the leads that are one person, or leave them apart.", "warning"
)


def shared_addresses(raw: RawTable, column: str, addresses: pd.Series) -> Iterator[Fault]:
    """Tell how many rows repeat the address of an earlier one; the fault shows none of them."""
    plain = addresses.str.strip().str.lower()
    repeated = (plain.duplicated() & plain.notna() & (plain != "")).to_numpy()
    if repeated.any():
        yield raw.fault(column, OWN_ADDRESS, "addresses of earlier leads", repeated)
