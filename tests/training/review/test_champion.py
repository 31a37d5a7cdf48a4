"""The whole thread: a champion that was trained and registered, reviewed beside the service that answers by it."""

import ast
import json
import re
import runpy
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from numpy.testing import assert_allclose

import training.review as rv
from features.sample import write_sample
from features.wording import LANGUAGES
from models.calibration import probability
from tests.serving.process import Running, serving
from tests.serving.test_parity import as_body
from training.review.score_store import COLUMNS, ScoreStore
from training.review.shap_library import shap
from training.settings import TrainingSettings
from training.tracking.store_location import StoreLocation

NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))
LEADS = 1_000
ASKED = 12


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has trained."""
    folder = tmp_path_factory.mktemp("workplace")
    write_sample(folder / "data" / "sample", LEADS)
    settings = TrainingSettings(str(folder / "data" / "sample"))
    # Imported here, because importing MLflow takes seconds that only these tests should spend.
    train = import_module("training.train")
    places = train.Places(StoreLocation.of(folder, {}), folder / "reports", folder)
    train.train(settings, places, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def review(workplace: Path) -> Iterator[rv.Review]:
    with pytest.MonkeyPatch.context() as patched:
        (workplace / "notebooks").mkdir()
        patched.chdir(workplace / "notebooks")
        yield rv.open_review(environment={})


@pytest.fixture(scope="module")
def service(workplace: Path, review: rv.Review) -> Iterator[Running]:
    del review
    with serving(workplace) as running:
        yield running


def alone(review: rv.Review) -> list[int]:
    """Leads that have no colleagues: a request tells of one lead only."""
    leads = review.tables.leads
    has_none = ~leads["company_id"].duplicated(keep=False) | leads["company_id"].isna()
    return [int(row) for row in np.flatnonzero(has_none)[-ASKED:]]


@pytest.mark.filterwarnings("ignore")
def test_shaps_waterfall_shows_the_probability_that_the_service_answers(review: rv.Review, service: Running) -> None:
    for row in alone(review):
        answer = service.client.post("/score", json=as_body(review.tables, row, review.data_end_ms + 1)).json()
        why = review.explanations(str(review.tables.leads["lead_id"].iloc[row]))[0]
        assert_allclose(probability(why.base_values + why.values.sum()), answer["probability"], rtol=0, atol=1e-12)
        shown = _end_of_waterfall(why)
        logit = np.log(answer["probability"] / (1 - answer["probability"]))
        assert shown == pytest.approx(logit, abs=0.0005)


def _end_of_waterfall(why: Any) -> float:
    """The f(x) that shap writes above its plot."""
    shap().plots.waterfall(why, show=False)
    texts = [label.get_text() for axes in plt.gcf().axes for label in axes.get_xticklabels()]
    plt.close("all")
    after = texts[texts.index("$f(x)$") + 1]
    return float(re.sub(r"[^0-9.\-−]", "", after).replace("−", "-"))


def test_answers_of_the_service_are_found_in_its_store(review: rv.Review, service: Running, workplace: Path) -> None:
    row = alone(review)[0]
    answer = service.client.post("/score", json=as_body(review.tables, row, review.data_end_ms + 1)).json()
    store = ScoreStore.of(workplace, {})
    given = pd.DataFrame()
    for _ in range(100):
        given = store.scores(answer["lead_id"])
        if len(given) and given["scored_at"].max() >= pd.Timestamp(answer["scored_at"]).floor("s"):
            break
        plt.pause(0.1)
    assert given["probability"].iloc[-1] == answer["probability"]
    assert given["as_of"].iloc[-1] == pd.Timestamp(answer["as_of"])
    assert tuple(given.columns) == COLUMNS


def test_store_that_is_not_there_has_no_answers(tmp_path: Path) -> None:
    assert ScoreStore.of(tmp_path, {}).scores().empty
    assert not list(tmp_path.iterdir())


def test_recipe_of_the_run_is_judged_again_to_the_last_digit(review: rv.Review) -> None:
    again = review.judgement.evaluation.to_metrics()
    recorded = {name: value for name, value in review.record.metrics.items() if name in again}
    assert len(recorded) > 20
    assert {name: again[name] for name in recorded} == recorded


def test_audit_of_the_run_is_shown_with_its_evidence(review: rv.Review) -> None:
    for language in LANGUAGES:
        frame = rv.audit_frame(review.record.audit, language).set_index("column")
        assert frame.loc["leads.onboarding_plan", "verdict"] == "drop"
        assert str(frame.loc["leads.onboarding_plan", "evidence"])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_of_every_notebook_has_something_to_show(
    notebook: Path, review: rv.Review, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In Japanese, whose fonts are the harder ones; the command runs them in English as well."""
    del review
    monkeypatch.setenv("LANGUAGE", "ja")
    for name in ("DATA", "MLFLOW_TRACKING_URI"):
        monkeypatch.delenv(name, raising=False)
    script = tmp_path / "cells.py"
    script.write_text(_script(notebook), encoding="utf-8")
    shown = {name: value for name, value in runpy.run_path(str(script)).items() if name.startswith("shown_")}
    assert shown
    for value in shown.values():
        page = re.sub(r"base64,[^\"]*|<style>.*?</style>", "", value._repr_html_(), flags=re.DOTALL)
        assert page
        assert "nan" not in page


def _script(notebook: Path) -> str:
    """The cells one after the other, what stands last in each under a name."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    trees = [ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    for number, tree in enumerate(trees):
        last = tree.body[-1]
        assert isinstance(last, ast.Expr)
        tree.body[-1] = ast.Assign([ast.Name(f"shown_{number}", ast.Store())], last.value, lineno=0)
    return "\n".join(map(ast.unparse, trees))


def test_review_before_any_training_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(rv.NoChampionError, match="run `make train`"):
        rv.open_review(environment={})
    assert not list(tmp_path.iterdir())


def test_unknown_lead_is_named_with_the_nearest_that_is_there(review: rv.Review) -> None:
    known = str(review.tables.leads["lead_id"].iloc[0])
    with pytest.raises(KeyError, match=f"did you mean {known}"):
        review.explanations([known[:-1] + "!"])


def test_instant_that_is_no_time_is_refused(review: rv.Review) -> None:
    with pytest.raises(ValueError, match="write one such as"):
        review.scores(str(review.tables.leads["lead_id"].iloc[0]), as_of="yesterday-ish")
