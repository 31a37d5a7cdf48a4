"""Whether two sources are the same but for the order of their rows and columns."""

import pandas as pd

from features.schema import SCHEMAS
from features.tables import Tables


def assert_same(imported: Tables, canonical: Tables) -> None:
    assert imported.present == canonical.present
    for name in SCHEMAS:
        ours, theirs = getattr(imported, name), getattr(canonical, name)
        assert set(ours.columns) == set(theirs.columns), name
        pd.testing.assert_frame_equal(_sorted(ours), _sorted(theirs), obj=name)


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    columns = sorted(frame.columns)
    return frame[columns].sort_values(columns, ignore_index=True)
