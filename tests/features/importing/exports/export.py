"""An export of a CRM, and the canonical tables that it stands for."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Export:
    """The files of a CRM in its own names, and what a faithful import makes of them."""

    files: Frames
    canonical: Frames

    def write_files(self, folder: Path) -> Path:
        return _write(self.files, folder)

    def write_canonical(self, folder: Path) -> Path:
        return _write(self.canonical, folder)


def _write(frames: Frames, folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, frame in frames.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


def iso(times: pd.Series, form: str = "%Y-%m-%dT%H:%M:%S.000+0000") -> pd.Series:
    texts: pd.Series = times.dt.strftime(form)
    return texts


def end_of_day(times: pd.Series) -> pd.Series:
    ends: pd.Series = times.dt.floor("D") + pd.Timedelta(days=1) - pd.Timedelta(milliseconds=1)
    return ends


def first_deals(tables: Frames) -> pd.DataFrame:
    """The first deal of each lead, by lead."""
    deals = tables["deals"].sort_values("created_at", kind="stable")
    return deals.drop_duplicates("lead_id").set_index("lead_id")


def translated(values: pd.Series, words: dict[str, str]) -> pd.Series:
    return values.map(words).where(values.notna())
