import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from features.arrays import FloatArray
from features.wording import LANGUAGES, Language, Wording
from models.conversion import ConversionModel
from serving.monitoring.checks import checks_of
from serving.monitoring.page import MOST_FEATURES, render, words
from serving.monitoring.period import Period
from serving.monitoring.watch import Watch, watch
from tests.serving.monitoring.simulated_use import Use, fill, subject_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture
def found(engine: Engine, watched: ConversionModel, pool: FloatArray, period: Period) -> Watch:
    fill(engine, watched, pool, Use(1, leads=220, months=6, shift=-2.0))
    return watch(engine, subject_of(watched), period)


def test_both_languages_have_the_same_phrases_with_the_same_places_to_fill() -> None:
    en, ja = (words(language) for language in LANGUAGES)
    assert set(en) == set(ja)
    assert {name: _places(text) for name, text in en.items()} == {name: _places(text) for name, text in ja.items()}


def _places(text: str) -> int:
    return text.count("{")


def test_page_needs_nothing_else_and_tells_everything_found(found: Watch) -> None:
    page = render(found, checks_of(found), "en")
    assert not [part for part in ("<script", "http:", "https:", "url(", "@import", "<img", "<link") if part in page]
    for check in checks_of(found):
        assert check.title.en in page
    assert page.count('class="shares"') == MOST_FEATURES
    assert all(month.month[:4] in page for month in found.months)
    assert "nan" not in page.lower().replace("finance", "")
    assert render(found, checks_of(found), "en") == page


def test_names_from_the_crm_are_never_markup(found: Watch) -> None:
    assert found.inputs is not None
    first, *others = found.inputs.features
    wicked = replace(first, drift=replace(first.drift, wording=Wording("<b>seats</b>", "<b>席</b>")))
    changed = replace(found, inputs=replace(found.inputs, features=(wicked, *others)))
    page = render(changed, checks_of(changed), "ja")
    assert "<b>" not in page
    assert "&lt;b&gt;席" in page


@pytest.mark.skipif(CHROMIUM is None, reason="looks at the page in a browser: no chromium on this machine")
@pytest.mark.parametrize("language", LANGUAGES)
def test_browser_finds_no_element_wider_than_the_page(found: Watch, language: Language, tmp_path: Path) -> None:
    page = render(found, checks_of(found), language).replace("default-src 'none'", "script-src 'unsafe-inline'")
    probe = (
        "<script>document.title = [...document.querySelectorAll('main *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).length + ' too wide';</script>"
    )
    (tmp_path / "page.html").write_text(page.replace("</body>", f"{probe}</body>"), encoding="utf-8")
    answer = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1100,900", "--dump-dom",
            (tmp_path / "page.html").as_uri(),
        ],
        capture_output=True, check=True, timeout=60, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert "<title>0 too wide</title>" in answer.stdout.decode("utf-8", "replace")
