"""The doors that lead to a score, each with the same model behind it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from features.records import Records
from features.tables import Tables
from models.conversion import ConversionModel
from models.flavor import LeadScorer as Flavor
from models.flavor import _load_pyfunc
from models.nested_leads import unnest
from serving.app import create_app
from serving.champion import Champion
from serving.company_rules import scorer_maker
from serving.settings import ServiceSettings
from tests.serving.caller import Caller, calling


class Doors:
    def __init__(self, champion: Champion, caller: Caller, flavor: Flavor) -> None:
        self.champion, self.caller, self.flavor = champion, caller, flavor

    def post(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Ask the service; it must answer."""
        answered = self.caller.post("/score", json=body)
        assert answered.status_code == 200, answered.text
        answer: dict[str, Any] = answered.json()
        return answer


@contextmanager
def doors_of(model: ConversionModel, folder: Path) -> Iterator[Doors]:
    champion = Champion(scorer_maker(ServiceSettings())(model), "lead-conversion", "7", 1_795_000_000_000, model)
    model.save(folder / "model")
    # It starts with rules, so that it asks no registry, and is given the model then.
    settings = ServiceSettings(
        method="rules", database_url=f"sqlite:///{folder}/history.db", keys_file=folder / "keys.jsonl"
    )
    application = create_app(settings)
    with calling(application) as caller:
        application.state.service.champion.current = champion
        yield Doors(champion, caller, _load_pyfunc(str(folder / "model")))


def as_frame(body: Mapping[str, Any]) -> pd.DataFrame:
    """A request as the row of a frame that carries its history."""
    # Files know no empty table: one without rows is left out.
    parts = {name: part for name, part in body.items() if part != [] and name not in ("lead", "language")}
    return pd.DataFrame([{**body["lead"], **parts}], dtype=object)


def as_records(body: Mapping[str, Any]) -> Records:
    """A request as files would hold it."""
    return Records.of(Tables.from_frames(time_zone="UTC", **unnest(as_frame(body).drop(columns="as_of"))))
