"""The rules in words, for the terminal."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich import box
from rich.markup import escape
from rich.table import Table

from features.wording import Language, Wording
from models.bant.gates import STATUSES
from models.bant.pillar_rule import PillarRule
from models.bant.pillars import PILLARS, answers_of
from models.bant.rules import GateRules

_TITLE: Final = Wording("BANT-C gates, rules version {version}", "BANT-C 判定ルール（バージョン {version}）")
_HEAD: Final = (
    Wording("Pillar", "項目"),
    Wording("Answer", "回答"),
    Wording("Comes to", "判定"),
    Wording("Holds for", "有効期間"),
)
_QUESTION: Final = Wording("Question when unknown", "未確認のときの質問")
_DISQUALIFIES: Final = Wording("fail, disqualifies", "満たさない（対象外になる）")
_DAYS: Final = Wording("{days} days", "{days}日")
_DAY: Final = Wording("1 day", "1日")
_LEAST: Final = Wording("{amount} or more", "{amount}以上")
_LESS: Final = Wording("less than {amount}", "{amount}未満")

_QUALIFIED: Final = Wording(
    "qualified: at least {passes} of {counted} pass, and nothing disqualifies",
    "適格：{counted}のうち{passes}項目以上を満たし、対象外の条件に当てはまらない場合",
)
_DISQUALIFIED: Final = Wording("disqualified: {when}", "対象外：{when}場合")
_NEVER: Final = Wording("disqualified: never", "対象外：条件なし")
_FAIL_OF: Final = Wording("{pillar} fails", "{pillar}を満たさない")
_FAILS: Final = Wording("{fails} or more pillars fail", "満たさない項目が{fails}つ以上ある")
_OR: Final = Wording(" or ", "、または")
_OTHERWISE: Final = Wording(
    "needs discovery: everything else; an unknown pillar is never a failure",
    "要ヒアリング：上記以外の場合（未確認の項目を「満たさない」とは扱いません）",
)


def rules_table(rules: GateRules, language: Language) -> Table:
    """Return what each answer comes to and for how long, one a row."""
    title = _TITLE.in_language(language).format(version=rules.rules_version)
    table = _table(_HEAD, language, title)
    for pillar, rule in rules.pillars.items():
        name = PILLARS[pillar].in_language(language)
        for number, cells in enumerate(_answers(rule, language)):
            table.add_row(name if number == 0 else "", *cells)
        table.add_section()
    return table


def questions_table(rules: GateRules, language: Language) -> Table:
    """Return what to ask of each pillar."""
    table = _table((_HEAD[0], _QUESTION), language)
    for pillar, rule in rules.pillars.items():
        table.add_row(PILLARS[pillar].in_language(language), escape(rule.question.in_language(language)))
    return table


def overall_lines(rules: GateRules, language: Language) -> tuple[str, str, str]:
    """Return in words what makes a lead qualified, disqualified, or neither."""
    counted = _listed((PILLARS[pillar] for pillar in rules.counted), language)
    qualified = _QUALIFIED.in_language(language).format(passes=rules.required_passes, counted=counted)
    return qualified, _disqualified_line(rules, language), _OTHERWISE.in_language(language)


def _table(head: Iterable[Wording], language: Language, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in head:
        table.add_column(column.in_language(language), overflow="fold")
    return table


def _answers(rule: PillarRule, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield each answer, what it comes to, and for how long; what settles nothing lasts for no time."""
    passes, unknown = (STATUSES[status].in_language(language) for status in ("pass", "unknown"))
    fails = (_DISQUALIFIES if rule.disqualifies else STATUSES["fail"]).in_language(language)
    for answers, status in ((rule.passing, passes), (rule.failing, fails)):
        yield from ((answer, status, _days(rule.max_age_days[answer], language)) for answer in answers)
    if rule.minimum is not None:
        for limit, status in ((_LEAST, passes), (_LESS, fails)):
            amount = limit.in_language(language).format(amount=rule.minimum)
            yield amount, status, _days(rule.minimum.max_age_days, language)
    yield from ((answer, unknown, "") for answer in answers_of(rule.pillar) if answer not in rule.max_age_days)


def _days(days: int, language: Language) -> str:
    return (_DAY if days == 1 else _DAYS).in_language(language).format(days=f"{days:,}")


def _disqualified_line(rules: GateRules, language: Language) -> str:
    fatal = (PILLARS[pillar] for pillar, rule in rules.pillars.items() if rule.disqualifies)
    when = [_FAIL_OF.in_language(language).format(pillar=name.in_language(language)) for name in fatal]
    if rules.fails_that_disqualify is not None:
        when.append(_FAILS.in_language(language).format(fails=rules.fails_that_disqualify))
    if not when:
        return _NEVER.in_language(language)
    return _DISQUALIFIED.in_language(language).format(when=_OR.in_language(language).join(when))


def _listed(names: Iterable[Wording], language: Language) -> str:
    return ("・" if language == "ja" else ", ").join(name.in_language(language) for name in names)
