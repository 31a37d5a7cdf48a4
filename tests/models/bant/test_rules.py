import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from features.rules_file import Mistake, RulesError
from models.bant import PILLARS, Answer, GateRules
from models.bant.pillars import answers_of
from models.bant.rules import SHIPPED
from tests.models.bant.qualification_rows import ANSWERS, AS_OF_MS, gate_rules

TEXT = SHIPPED.read_text(encoding="utf-8")
MINIMUM = '\n[budget.minimum]\namount = 1_000_000\ncurrency = "JPY"\nmax_age_days = 90\n'
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
# what to replace, by what, on which line the mistake is told (a part of it), what is said of it
MISTAKES = [
    ('"can_buy", "will', '"can_by", "will', '"can_by"', "Did you mean 'can_buy'?"),
    ('"decision_maker", "budget_holder"', '"decision_makr", "budget_holder"', "makr", "Did you mean 'decision_maker'?"),
    ('pass = ["must", "should"]', 'pass = [\n  "must",\n  "shoud",\n]', '"shoud"', "Did you mean 'should'?"),
    ('fail = ["later"]', 'fail = "later"', 'fail = "later"', "a list in square brackets is required"),
    ('fail = ["none"]\ndisqualifies = true', 'fail = ["must"]\ndisqualifies = true', '["must"]', "must in both"),
    ('fail = ["none"]\ndisqualifies = true', "fail = []\ndisqualifies = true", "= true", "some answer must fail"),
    ("disqualifies = true", 'disqualifies = "yes"', '"yes"', "true or false is required"),
    ("disqualifies = true", "disqualify = true", "disqualify = true", "Did you mean 'disqualifies'?"),
    ("[timeframe]", "[timeframes]", "[timeframes]", "Did you mean 'timeframe'?"),
    ("[authority]", "[autority]", "[autority]", "Did you mean 'authority'?"),
    ("[overall]", "[overal]", "[overal]", "Did you mean 'overall'?"),
    ('max_age_days = 365\nquestion.en = "Who', 'question.en = "Who', "[authority]", "a whole number from 1"),
    ('max_age_days = 365\nquestion.en = "Who', 'max_age_days = 0\nquestion.en = "Who', "= 0", "a whole number from 1"),
    ("immediate = 45", "imediate = 45", "imediate", "Did you mean 'immediate'?"),
    ("immediate = 45", "immediate = 4.5", "4.5", "a whole number from 1"),
    ("immediate = 45", 'immediate = "45"', '"45"', "Write it in digits"),
    ("[timeframe.max_age_days_of]", "[timeframe.max_age_of]", "max_age_of]", "Did you mean 'max_age_days_of'?"),
    ('question.ja = "最終決裁者はどなたですか。"\n', "", 'question.en = "Who', "authority.question.ja"),
    ('question.en = "Who makes the final decision?"', 'question.en = ""', 'question.en = ""', "a text in quotes"),
    ("required_passes = 3", "required_passes = 5", "required_passes = 5", "no more than the 4 counted pillars"),
    ("required_passes = 3", "required_passes = 0", "required_passes = 0", "a whole number from 1 to 5"),
    ("required_passes = 3", "required_pass = 3", "required_pass = 3", "Did you mean 'required_passes'?"),
    ('counted = ["budget"', 'counted = ["bugdet"', "bugdet", "Did you mean 'budget'?"),
    ("# fails_that_disqualify = 3", "fails_that_disqualify = 9", "fails_that_disqualify = 9", "from 1 to 5"),
    ("# [budget.minimum]", MINIMUM.replace('"JPY"', '"jpy"'), '"jpy"', "Did you mean 'JPY'?"),
    ("# [budget.minimum]", MINIMUM.replace('"JPY"', '"yen!"'), '"yen!"', "Write it like JPY, USD or EUR."),
    ("# [budget.minimum]", MINIMUM.replace('currency = "JPY"\n', ""), "[budget.minimum]", "budget.minimum.currency"),
    ("# [budget.minimum]", MINIMUM.replace("1_000_000", "-1"), "amount = -1", "a number of 0 or more"),
    ("# [budget.minimum]", MINIMUM.replace("[budget", "[need"), "[need.minimum]", "a known one"),
    ('fail = ["blocker"]', 'fail = ["blocker"', "disqualifies = false  # somebody", "TOML is required"),
]


def load(text: str, folder: Path) -> GateRules:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return GateRules.load(path)


def edited(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, f"{old!r} stands {TEXT.count(old)} times in the shipped file"
    return TEXT.replace(old, new)


@pytest.mark.parametrize(("old", "new", "place", "told"), MISTAKES)
def test_mistake_is_told_with_its_line_and_what_to_do(
    old: str, new: str, place: str, told: str, tmp_path: Path
) -> None:
    text = edited(old, new)
    [line] = [number for number, content in enumerate(text.split("\n"), start=1) if place in content]
    with pytest.raises(RulesError, match=rf"mine\.toml, line {line}: .*{re.escape(told)}"):
        load(text, tmp_path)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = edited("required_passes = 3", "required_passes = 5").replace('"can_buy", "will', '"can_by", "will')
    with pytest.raises(RulesError, match="can_by") as caught:
        load(text.replace("immediate = 45", "imediate = 45"), tmp_path)
    lines = [mistake.line for mistake in caught.value.mistakes]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_missing_pillar_is_a_mistake(tmp_path: Path) -> None:
    without = TEXT[: TEXT.index("# Answers: none_known")]
    with pytest.raises(RulesError, match=r"competition: every pillar has a table .* below a line \[competition\]"):
        load(without, tmp_path)


def test_missing_file_is_told_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="No such file"):
        GateRules.load(tmp_path / "none.toml")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40), st.sampled_from(["", "3", '"', "[", "\n", "か"]))
def test_any_damage_either_leaves_rules_or_is_told(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, instead: str
) -> None:
    text = TEXT[:start] + instead + TEXT[start + length :]
    mistakes: tuple[Mistake, ...] = ()
    try:
        rules = load(text, tmp_path_factory.getbasetemp())
    except RulesError as error:
        rules, mistakes = GateRules.load(), error.mistakes
    assert all(1 <= mistake.line <= text.count("\n") + 1 for mistake in mistakes)
    assert rules.judge({}, AS_OF_MS).overall == "needs_discovery"


def test_shipped_rules_speak_both_languages() -> None:
    for rule in GateRules.load().pillars.values():
        assert rule.question.en.endswith("?")
        assert not JAPANESE.search(rule.question.en)
        assert JAPANESE.search(rule.question.ja)


def test_shipped_file_lists_every_answer_that_there_is() -> None:
    listed = re.findall(r"^# Answers: (.*)\n\[(\w+)\]", TEXT, flags=re.MULTILINE)
    assert {pillar: answers.split(", ") for answers, pillar in listed} == {
        pillar: list(answers_of(pillar)) for pillar in PILLARS
    }


def test_version_is_of_the_rules_and_not_of_the_comments(tmp_path: Path) -> None:
    bare = "\n".join(line.partition("  #")[0] for line in TEXT.splitlines() if line and not line.startswith("#"))
    shipped = GateRules.load()
    assert load(bare, tmp_path) == shipped
    changed = load(edited("immediate = 45", "immediate = 46"), tmp_path)
    assert changed.rules_version != shipped.rules_version


def test_rules_saved_on_windows_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert GateRules.load(tmp_path / "mine.toml") == GateRules.load()


@pytest.mark.parametrize(
    ("status", "amount", "expected", "evidence"),
    [
        (None, "1000000.0", "pass", "budget_amount = 1,000,000 (minimum 1,000,000 JPY)"),
        (None, "999999.5", "fail", "budget_amount = 999,999.50 (minimum 1,000,000 JPY)"),
        ("can_buy", "300000.0", "fail", "budget_amount = 300,000 (minimum 1,000,000 JPY)"),
        ("may_buy", "2000000.0", "pass", "budget_amount = 2,000,000 (minimum 1,000,000 JPY)"),
        ("none", "2000000.0", "fail", "budget_status = none"),
        ("can_buy", None, "pass", "budget_status = can_buy"),
        ("may_buy", None, "unknown", "budget_status = may_buy"),
    ],
)
def test_minimum_amount_and_status_together_decide_the_budget(
    status: str | None, amount: str | None, expected: str, evidence: str, tmp_path: Path
) -> None:
    texts = {"budget_status": status, "budget_amount": amount}
    answers = {column: Answer(text, AS_OF_MS - 1) for column, text in texts.items() if text is not None}
    budget = load(edited("# [budget.minimum]", MINIMUM), tmp_path).judge(answers, AS_OF_MS).pillars["budget"]
    assert (budget.status, budget.evidence) == (expected, evidence)


def test_amount_says_nothing_where_no_minimum_is_set() -> None:
    gates = GateRules.load().judge({"budget_amount": Answer("5.0", AS_OF_MS - 1)}, AS_OF_MS)
    assert gates.pillars["budget"].evidence is None


def test_so_many_fails_together_disqualify(tmp_path: Path) -> None:
    fails = {"budget_status": "none", "timeframe": "later", "competition": "incumbent"}
    answers = {column: Answer(text, AS_OF_MS - 1) for column, text in fails.items()}
    strict = load(edited("# fails_that_disqualify = 3", "fails_that_disqualify = 3"), tmp_path)
    assert GateRules.load().judge(answers, AS_OF_MS).overall == "needs_discovery"
    assert strict.judge(answers, AS_OF_MS).overall == "disqualified"


@settings(deadline=None)
@given(gate_rules(), ANSWERS)
def test_taking_an_answer_away_never_disqualifies(rules: GateRules, answers: dict[str, Answer]) -> None:
    assume(rules.judge(answers, AS_OF_MS).overall != "disqualified")
    for column in answers:
        fewer = {name: answer for name, answer in answers.items() if name != column}
        assert rules.judge(fewer, AS_OF_MS).overall != "disqualified"


@settings(deadline=None)
@given(gate_rules(), ANSWERS)
def test_each_pillar_is_in_one_of_three_states_and_asks_only_when_unknown(
    rules: GateRules, answers: dict[str, Answer]
) -> None:
    gates = rules.judge(answers, AS_OF_MS)
    assert list(gates.pillars) == list(PILLARS)
    for pillar, gate in gates.pillars.items():
        assert gate.status in ("pass", "fail", "unknown")
        assert (gate.question is None) == (gate.status != "unknown")
        assert (gate.evidence is None) == (gate.answered_at_ms is None)
        assert gate.evidence is not None or rules.pillars[pillar].column not in answers


@settings(deadline=None)
@given(gate_rules(), ANSWERS, st.integers(1, 500))
def test_older_answers_allowed_never_turn_known_into_unknown(
    rules: GateRules, answers: dict[str, Answer], more: int
) -> None:
    for rule in rules.pillars.values():
        ages = {answer: days + more for answer, days in rule.max_age_days.items()}
        minimum = rule.minimum and replace(rule.minimum, max_age_days=rule.minimum.max_age_days + more)
        longer = replace(rule, max_age_days=ages, minimum=minimum)
        if rule.gate(answers, AS_OF_MS).status != "unknown":
            assert longer.gate(answers, AS_OF_MS).status != "unknown"


@settings(deadline=None)
@given(gate_rules(), ANSWERS)
def test_overall_is_what_the_pillars_come_to(rules: GateRules, answers: dict[str, Answer]) -> None:
    gates = rules.judge(answers, AS_OF_MS)
    passed = sum(gates.pillars[pillar].status == "pass" for pillar in rules.counted)
    fails = [rules.pillars[pillar].disqualifies for pillar, gate in gates.pillars.items() if gate.status == "fail"]
    too_many = rules.fails_that_disqualify is not None and len(fails) >= rules.fails_that_disqualify
    assert (gates.overall == "disqualified") == (any(fails) or too_many)
    assert (gates.overall == "qualified") == (passed >= rules.required_passes and not any(fails) and not too_many)
