"""Scores all wanted leads, part by part; what was done when a run was killed is not done again."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from features.records import Records
from features.schema import SCHEMAS
from features.snapshots import Snapshots
from features.tables import Tables
from features.wording import Language
from serving.batch.output import check_output, write_output
from serving.batch.score_table import score_table
from serving.champion import Champion

PART_ROWS: Final = 1_000
_WORTH_PROCESSES: Final = 4 * PART_ROWS
_PROCESSES: Final = 2


@dataclass(frozen=True)
class BatchRun:
    """What is to be scored, by whom, in which words, and where it goes.

    Attributes
    ----------
    tables : Tables
        The source.
    snapshots : Snapshots
        Which of its leads, as of when.
    champion : Champion
        Scores them.
    language : {"en", "ja"}
        Of the sentences.
    out : str
        A file, or a database with a table behind a ``#``.
    best_first : bool
        Whether a file begins with the likeliest lead; else it keeps the order of the snapshots.
    """

    tables: Tables
    snapshots: Snapshots
    champion: Champion
    language: Language
    out: str
    best_first: bool = False

    @cached_property
    def records(self) -> Records:
        """What is known of the leads."""
        return Records.of(self.tables)

    @property
    def starts(self) -> range:
        """Where each part begins."""
        return range(0, len(self.snapshots), PART_ROWS)

    @cached_property
    def parts_folder(self) -> Path:
        """Where finished parts wait; its name says what they are parts of, so that others are never taken for them."""
        place = Path(".leads") if "://" in self.out else Path(self.out).resolve().parent
        name = "table" if "://" in self.out else Path(self.out).name
        return place / f".{name}.parts-{self._fingerprint()}"

    def part(self, start: int) -> Path:
        """Return the file of a part."""
        return self.parts_folder / f"{start:012d}.parquet"

    def score_part(self, start: int) -> int:
        """Score a part into its file; return how many leads it has."""
        file = self.part(start)
        rows = np.arange(start, min(start + PART_ROWS, len(self.snapshots)))
        if not file.exists():
            scores = self.champion.scorer.score(self.records, self.snapshots.take(rows))
            scratch = file.with_suffix(".unfinished")
            score_table(scores, self.champion, self.language).to_parquet(scratch)
            scratch.replace(file)
        return len(rows)

    def _fingerprint(self) -> str:
        digest = sha256()
        for name in SCHEMAS:
            frame = getattr(self.tables, name)
            digest.update(f"{name} {list(frame)}".encode())
            digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
        digest.update(self.snapshots.lead.tobytes() + self.snapshots.as_of_ms.tobytes())
        scorer = self.champion.scorer
        who = self.champion.identity(), scorer.gates.rules_version, scorer.routes.version, self.language
        digest.update(repr(who).encode())
        return digest.hexdigest()[:16]


def score_all(run: BatchRun, tell: Callable[[int], None]) -> None:
    """Score everything and write it.

    Parameters
    ----------
    run : BatchRun
        What is to be done.
    tell : callable
        Told the number of leads of each part that is done.

    Raises
    ------
    OutputError
        Where scores cannot be written; what was there before still is.
    """
    check_output(run.out)
    _remove_other_parts(run)
    run.parts_folder.mkdir(parents=True, exist_ok=True)
    with _scoring(run) as counts:
        for count in counts:
            tell(count)
    write_output(run.out, [run.part(start) for start in run.starts], best_first=run.best_first)
    shutil.rmtree(run.parts_folder)


@contextmanager
def _scoring(run: BatchRun) -> Iterator[Iterator[int]]:
    """Score parts in two processes where that pays; they share what the first lead makes the parent sort and index."""
    if len(run.snapshots) < _WORTH_PROCESSES or "fork" not in get_all_start_methods():
        yield map(run.score_part, run.starts)
        return
    run.champion.scorer.score(run.records, run.snapshots.take(np.zeros(1, dtype=np.int64)))
    processes = min(_PROCESSES, os.cpu_count() or 1)
    with _set_aside(), ProcessPoolExecutor(processes, get_context("fork"), _share, (run,)) as pool:
        futures = [pool.submit(_score_shared, start) for start in run.starts]
        yield (future.result() for future in as_completed(futures))


@contextmanager
def _set_aside() -> Iterator[None]:
    """Keep what is there now from the garbage collector: to look through it would copy all of it into each process."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


_shared: list[BatchRun] = []


def _share(run: BatchRun) -> None:
    _shared[:] = [run]


def _score_shared(start: int) -> int:
    return _shared[0].score_part(start)


def _remove_other_parts(run: BatchRun) -> None:
    """Remove what runs on other data or models have left."""
    pattern = f"{run.parts_folder.name.rpartition('-')[0]}-*"
    for folder in run.parts_folder.parent.glob(pattern):
        if folder != run.parts_folder:
            shutil.rmtree(folder, ignore_errors=True)
