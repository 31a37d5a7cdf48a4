import os
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

from features.wording import LANGUAGES, Language
from training.report import ReportData, render, write_report
from training.report.numerals import UNDEFINED
from training.report.page import SECTIONS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = "<script>alert(1)</script>"
UNDEFINED_REASON = {"en": "Not defined on this data", "ja": "このデータでは算出できません"}


class Outline(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    return "ja" if request.param == "ja" else "en"


@pytest.fixture(scope="module")
def page(report: ReportData, language: Language) -> str:
    return render(report, language)


def test_every_section_is_there_in_order(page: str, language: Language) -> None:
    outline = Outline(page)
    names = [attributes["id"] for attributes in outline.attributes("section")]
    first, last = "summary quality calibration ranking challenge drivers", "data stability appendix"
    assert names == f"{first} attributes segments audit data_quality {last}".split()
    assert len(names) == len(SECTIONS)
    assert page.index('id="verdict"') < page.index('id="summary"')
    assert outline.attributes("html") == [{"lang": language}]


def test_every_figure_says_what_it_shows_in_a_sentence_with_numbers(page: str) -> None:
    alts = [attributes["alt"] or "" for attributes in Outline(page).attributes("img")]
    assert len(alts) == 7
    assert all(re.search(r"\d", alt) and alt.endswith((".", "。")) for alt in alts)
    labels = [attributes["aria-label"] for attributes in Outline(page).attributes("svg")]
    assert labels
    assert all(labels)


def test_page_needs_nothing_from_anywhere(page: str) -> None:
    sources = [attributes["src"] or "" for attributes in Outline(page).attributes("img")]
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    links = [attributes["href"] or "" for attributes in Outline(page).attributes("a")]
    assert all(link.startswith("#") for link in links)
    assert not Outline(page).attributes("script") + Outline(page).attributes("link")
    assert page.count("url(") == page.count("url(data:font/woff;base64,")


def test_page_is_small_enough_to_send(page: str) -> None:
    assert len(page.encode()) < 2_500_000


def test_hostile_values_are_shown_and_do_nothing(page: str) -> None:
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "exports/crm &lt;b&gt;2024&lt;/b&gt;" in page


def test_no_name_breaks_the_page(bare_report: ReportData, tmp_path: Path) -> None:
    names = (HOSTILE, '" onload="alert(1)', "{{ 7 * 7 }}", "{0}", "$x^2$", "顧客\x00\ud800")
    run = replace(bare_report.run, source_name="".join(names), run_id=names[1], model_version=names[0])
    report = replace(bare_report, run=run, parameters={name: name for name in names})
    page = write_report(report, "ja", tmp_path / "new" / "report.html", tmp_path / "figures").read_text(
        encoding="utf-8"
    )
    outline = Outline(page)
    assert not outline.attributes("script")
    assert not any("onload" in attributes for _, attributes in outline.tags)
    assert "{{ 7 * 7 }}" in page


def test_figures_are_written_one_by_one_as_well(report: ReportData, tmp_path: Path) -> None:
    page = write_report(report, "en", tmp_path / "report.html", tmp_path / "figures").read_text(encoding="utf-8")
    figures = list((tmp_path / "figures").glob("*.svg"))
    assert len(figures) == page.count("<figure>") > 0
    assert all(figure.read_bytes().startswith(b"<?xml") for figure in figures)


def test_same_data_gives_the_same_bytes(report: ReportData, page: str, language: Language) -> None:
    assert render(report, language) == page


def test_drawing_leaves_global_settings_alone(bare_report: ReportData) -> None:
    before = dict(mpl.rcParams)
    render(bare_report, "ja")
    assert dict(mpl.rcParams) == before


def test_what_is_undefined_is_a_dash_with_its_reason(bare_report: ReportData, language: Language) -> None:
    page = render(bare_report, language)
    assert f'title="{UNDEFINED_REASON[language]}' in page
    assert f">{UNDEFINED}<" in page
    assert "nan" not in re.sub(r"base64,[^\"]*", "", page).lower()
    assert "None" not in page


def test_test_period_with_nothing_but_wins_is_told(all_won_report: ReportData, language: Language) -> None:
    page = render(all_won_report, language)
    assert f'title="{UNDEFINED_REASON[language]}' in page
    assert "100.0%" in page


@pytest.mark.parametrize("count", [1, 2, 40])
def test_any_number_of_months_has_its_place(bare_report: ReportData, count: int) -> None:
    first = bare_report.evaluation.months[0]
    months = tuple(replace(first, month=f"{2020 + number // 12}-{number % 12 + 1:02d}") for number in range(count))
    page = render(replace(bare_report, evaluation=replace(bare_report.evaluation, months=months)), "ja")
    assert (f"{count}か月間" in page) == (count > 1)


def test_month_with_one_class_leaves_a_gap(bare_report: ReportData) -> None:
    months = tuple(replace(month, roc_auc=np.nan) for month in bare_report.evaluation.months)
    page = render(replace(bare_report, evaluation=replace(bare_report.evaluation, months=months)), "en")
    assert f"ROC AUC was {UNDEFINED}" in page


def test_dates_are_those_of_the_given_zone(page: str, language: Language) -> None:
    assert {"en": "12 Sep 2024", "ja": "2024年9月12日"}[language] in page


@pytest.mark.skipif(CHROMIUM is None, reason="looks at the page in a browser: no chromium on this machine")
def test_browser_finds_no_element_wider_than_the_page(page: str, tmp_path: Path) -> None:
    measured = page.replace("default-src 'none'", "script-src 'unsafe-inline'")
    probe = (
        "<script>document.title = [...document.querySelectorAll('main *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).length + ' too wide';</script>"
    )
    (tmp_path / "page.html").write_text(
        measured.replace("</body>", f"{probe}</body>"), encoding="utf-8", errors="replace"
    )
    answer = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1100,900", "--dump-dom",
            (tmp_path / "page.html").as_uri(),
        ],
        capture_output=True, check=True, timeout=60, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert "<title>0 too wide</title>" in answer.stdout.decode("utf-8", "replace")


def test_page_brings_the_font_for_its_own_japanese(page: str, language: Language) -> None:
    assert ("data:font/woff;base64," in page) == any(character >= "\u2e80" for character in page)
    assert language == "en" or "data:font/woff;base64," in page
