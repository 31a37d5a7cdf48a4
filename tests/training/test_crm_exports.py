"""Trained on an export of a CRM, the model is the one that is trained on the canonical tables, byte for byte."""

from collections.abc import Callable
from pathlib import Path

import pytest

from features.importing import Mapping, load_mapping
from features.reading import read_tables
from features.sample import simulate
from tests.features.importing.exports.dynamics365 import export_dynamics365
from tests.features.importing.exports.export import Export, Frames
from tests.features.importing.exports.hubspot import export_hubspot
from tests.features.importing.exports.salesforce import export_salesforce
from training.learning import learn
from training.settings import TrainingSettings

LEADS = 700
EXPORTS: dict[str, Callable[[Frames], Export]] = {
    "salesforce": export_salesforce,
    "hubspot": export_hubspot,
    "dynamics365": export_dynamics365,
}


@pytest.mark.parametrize("crm", EXPORTS)
def test_model_of_an_export_is_the_model_of_the_tables(crm: str, tmp_path: Path) -> None:
    export = EXPORTS[crm](simulate(LEADS, seed=3))
    imported = _model(export.write_files(tmp_path / "export"), load_mapping(crm))
    canonical = _model(export.write_canonical(tmp_path / "canonical"), None)
    assert imported == canonical


def _model(source: Path, mapping: Mapping | None) -> dict[str, bytes]:
    tables = read_tables(str(source), mapping=mapping)
    folder = source.with_name(f"model of {source.name}")
    learn(tables, TrainingSettings(str(source)), lambda _: None).model.save(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
