"""When what happens in the scripted year."""

from typing import Final

import pandas as pd

MONTHS: Final = tuple(pd.date_range("2024-10-01", periods=12, freq="MS", tz="UTC"))
"""On the first of each the CRM reports what was decided, has its open leads scored, and the watch looks."""

SCHEDULED: Final = MONTHS[6]
"""The model is half a year old, which the watch says, so it is trained anew."""

TURN: Final = MONTHS[7]
"""The market turns when the eighth month begins."""

NOTICED: Final = MONTHS[8]
"""A month later leads of the turned market have been scored, so from then on the watch has to speak."""

TWICE_NOTICED: Final = MONTHS[9]
"""Whoever was told twice need not be told again."""

RETRAINED: Final = pd.Timestamp("2026-01-01", tz="UTC")
"""By then enough leads of the turned market have been decided to learn from some and to compare versions on others."""

MISTAKEN: Final = pd.Timestamp("2026-06-01", tz="UTC")
"""Somebody trains on an export that is wrong."""
