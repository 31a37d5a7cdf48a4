"""The file of the ideal customer profile: what is read, and what is refused."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.rules_file import RulesError
from features.streams import KNOWN_TYPES
from models.icp import IcpRules
from tests.models.icp.one_lead import ICP, rules_from


def test_shipped_rules_load_and_know_every_type_they_name() -> None:
    rules = IcpRules.load()
    assert {one.type for one in rules.engagement.types} <= KNOWN_TYPES
    assert any(one.points < 0 and one.type == "unsubscribe" for one in rules.engagement.types)
    assert {"industry", "employees", "seniority", "email_domain_kind"} <= {one.feature.name for one in rules.criteria}


def test_version_follows_content_and_not_comments(tmp_path: Path) -> None:
    version = rules_from(ICP, tmp_path).version
    assert rules_from(f"# reviewed in spring\n\n{ICP}", tmp_path).version == version
    assert rules_from(ICP.replace("points = 20", "points = 21"), tmp_path).version != version


@pytest.mark.parametrize(
    ("correct", "mistaken", "message"),
    [
        (
            "manufacturing = 10",
            'manufacturing = "10"',
            r"line 3: fit\.industry\.manufacturing: a number .* without quotes",
        ),
        ("manufacturing = 10", "manufacturing = 5000", r"line 3: .* from -1,000 to 1,000 is required; found 5000"),
        ("manufacturing = 10", "manufacturing = nan", r"line 3: .* a number .*found NaN"),
        ("manufacturing = 10", "manufacturing = 1\nManufacturing = 2", r"line 4: .*every value stands once"),
        ("[fit.industry]", "[fit.industri]", r"line 2: fit\.industri: .*Did you mean 'industry'\?"),
        ("[fit.industry]", "[fit.shoe_size]", r"line 2: .*A custom field is written as \[fit\.lead\.shoe_size\]"),
        ("[fit.industry]", "[[fit.industry]]", r"line 2: fit\.industry: a table is required"),
        ("[fit.lead.product_interest]", "[fit.lead.source]", r"fit\.lead\.source: .* Write \[fit\.source\]"),
        ("[fit.lead.product_interest]", "[fit.lead.outcome]", r"fit\.lead\.outcome: .* cannot earn points"),
        ("free_mail = -10", "free_male = -10", r"line 12: .*Did you mean 'free_mail'\?"),
        ("free_mail = -10", "pigeon = -10", r"line 12: .*One of company, free_mail"),
        ("at_least = 100", "at_least = 10", r"line 8: fit\.employees\[2\]: no range overlaps another"),
        ("at_least = 100", "at_least = 100\nbelow = 50", r"line 10: .* a number above at_least \(100\)"),
        ("at_least = 100", "atleast = 100", r"line 9: .*Did you mean 'at_least'\?"),
        ("meeting = {", "meetings = {", r"line 21: .*Did you mean 'meeting'\? For a type of your own"),
        ("points = 20, half", "pionts = 20, half", r"line 21: .*Did you mean 'points'\?"),
        ("half_life_days = 10", "half_life_days = 0", r"line 19: engagement\.half_life_days: .*found 0"),
        ("half_life_days = 10", "", r"line 18: engagement\.half_life_days: .*found nothing\. Add it"),
        ("cap = 50", "cap = -1", r"line 21: .*cap: .*found -1"),
        ("decays = false", "decays = false, half_life_days = 3", r"line 23: .*what never decays has no half-life"),
        ("decays = false", 'decays = "no"', r"line 23: .*true or false is required"),
        (', ja = "工場見学"', "", r"line 24: .*name\.ja: a text in quotes is required"),
        ("highest = 80", "highest = -20", r"line 27: .*more points than the lowest"),
        ("grades = { A = 75, B = 50", "grades = { A = 75, B = 80", r"line 28: .*grades\.B: a lower score"),
        ("grades = { A = 75, B = 50, C = 25 }", "grades = { A = 75.5, B = 50, C = 25 }", r"line 28: .*a whole number"),
        ("[score.fit]", "[score.fitt]", r"score\.fitt: .*Did you mean 'fit'\?"),
    ],
)
def test_mistake_is_told_with_its_line_and_a_way_out(tmp_path: Path, correct: str, mistaken: str, message: str) -> None:
    assert correct in ICP
    with pytest.raises(RulesError, match=message):
        rules_from(ICP.replace(correct, mistaken, 1), tmp_path)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = ICP.replace("manufacturing = 10", 'manufacturing = "x"').replace("meeting = {", "meetings = {")
    with pytest.raises(RulesError, match=re.escape("icp.toml, line 3")) as error:
        rules_from(text.replace("highest = 60", "highest = -1"), tmp_path)
    lines = [mistake.line for mistake in error.value.mistakes]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_mistake_in_the_usual_half_life_is_told_once_and_not_for_every_type(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"half_life_days") as error:
        rules_from(ICP.replace("half_life_days = 10", "half_life_days = 0"), tmp_path)
    assert len(error.value.mistakes) == 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nonsense")


@settings(deadline=None)
@given(
    line=st.integers(0, ICP.count("\n")),
    nonsense=st.sampled_from(["3", "'x'", "[]", "{}", "[{ a = [] }]", "nan", "2020-01-01", "{ points = [1], x = {} }"]),
    key=st.sampled_from(["fit", "fit.lead", "fit.custom", "engagement", "engagement.types", "score.fit", "x.y", None]),
)
def test_nonsense_anywhere_is_a_mistake_and_never_a_crash(
    folder: Path, line: int, nonsense: str, key: str | None
) -> None:
    lines = ICP.split("\n")
    lines[line] = f"{key or lines[line].split('=')[0].strip() or 'z'} = {nonsense}"
    with suppress(RulesError):
        rules_from("\n".join(lines), folder)
