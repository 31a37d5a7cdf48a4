"""What each engine has to do: load the files, then compute the same sixty features from them."""

from pathlib import Path
from typing import Protocol

from features.arrays import FloatArray


class Engine(Protocol):
    """An engine with the CRM already in memory, in its own format."""

    def __init__(self, folder: Path) -> None:
        """Load the CRM; not timed."""

    def run(self) -> None:
        """Compute every feature at every snapshot, from rows as they were exported; timed."""

    def values(self) -> FloatArray:
        """Return the features, shape (snapshots, features), types in the order of ``TYPES``; not timed."""
