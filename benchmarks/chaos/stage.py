"""What every fault is played on: a folder, a registry with two versions, and a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.chaos.mlflow_server import MlflowServer
from benchmarks.chaos.question import Question
from benchmarks.chaos.service import Service

FIRST: Final = "1"
SECOND: Final = "2"


@dataclass(frozen=True)
class Stage:
    """The things that a fault may break.

    Attributes
    ----------
    folder : pathlib.Path
        Empty when the fault begins.
    mlflow : MlflowServer
        Its champion is the first version when the fault begins.
    database : str
        The URL of one in PostgreSQL; without tables when the fault begins.
    """

    folder: Path
    mlflow: MlflowServer
    database: str

    @contextmanager
    def service(self, **settings: str) -> Iterator[Service]:
        """Run a service with this registry and database, in the fault's folder, until it is left."""
        own = {"MLFLOW_TRACKING_URI": self.mlflow.uri, "LEADS_DATABASE_URL": self.database}
        service = Service(self.folder, {**own, **settings})
        try:
            service.start()
            yield service
        finally:
            service.end()

    def question(self, *versions: str, **options: Any) -> Question:
        """Return what to ask, to be answered by the first version, or by those named."""
        return Question({version: self.mlflow.probabilities[version] for version in versions or (FIRST,)}, **options)
