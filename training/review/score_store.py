"""The scores that the service has given, read from where it keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd
from sqlalchemy import MetaData, Table, create_engine, inspect, make_url, select

TABLE: Final = "lead_scores"
COLUMNS: Final = (
    *("lead_id", "as_of", "scored_at", "method", "probability", "score", "grade", "gates", "route"),
    *("model_name", "model_version"),
)
DATABASE_VARIABLE: Final = "LEADS_DATABASE_URL"
_DEFAULT: Final = Path(".leads/history.db")
_TIMES: Final = ("as_of", "scored_at")


@dataclass(frozen=True)
class ScoreStore:
    """The service's database of answers; it may not be there yet.

    Attributes
    ----------
    url : str
        As SQLAlchemy takes it. May hold a password, so it is never printed.
    """

    url: str = field(repr=False)

    @classmethod
    def of(cls, folder: Path, environment: Mapping[str, str]) -> "ScoreStore":
        """Return the database that ``LEADS_DATABASE_URL`` names, else the service's own file in a folder."""
        return cls(environment.get(DATABASE_VARIABLE) or f"sqlite:///{folder / _DEFAULT}")

    def scores(self, lead_id: str | None = None) -> pd.DataFrame:
        """Return the answers, oldest first: ``COLUMNS``, times in UTC.

        Parameters
        ----------
        lead_id : str, optional
            Only those about this lead.

        Returns
        -------
        pandas.DataFrame
            Without rows where the service has not answered yet.

        Raises
        ------
        sqlalchemy.exc.SQLAlchemyError
            Where the database cannot be asked.
        """
        if self._is_missing_file():
            return _typed(pd.DataFrame(columns=list(COLUMNS)))
        engine = create_engine(self.url)
        try:
            if not inspect(engine).has_table(TABLE):
                return _typed(pd.DataFrame(columns=list(COLUMNS)))
            table = Table(TABLE, MetaData(), autoload_with=engine)
            wanted = select(*(table.c[name] for name in COLUMNS)).order_by(table.c.score_id)
            with engine.connect() as connection:
                found = connection.execute(wanted if lead_id is None else wanted.where(table.c.lead_id == lead_id))
                return _typed(pd.DataFrame(found.all(), columns=list(COLUMNS)))
        finally:
            engine.dispose()

    def _is_missing_file(self) -> bool:
        url = make_url(self.url)
        return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name], utc=True) for name in _TIMES})
