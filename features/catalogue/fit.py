"""Who the lead is: the company and the person."""

from collections.abc import Mapping
from typing import Final

from features.catalogue import category_words
from features.catalogue.feature import Feature, Measure, Unit
from features.catalogue.numerals import amount
from features.catalogue.sentence import CategorySentence, NumberSentence, not_known, uncapitalised
from features.catalogue.text_measure import TextMeasure
from features.job_title import department_of, seniority_of
from features.seen import Numbers, Seen, Texts
from features.wording import Wording


def _seniority(view: Seen) -> Texts:
    return view.lead_text("seniority").or_else(view.lead_text("job_title").mapped(seniority_of))


def _department(view: Seen) -> Texts:
    return view.lead_text("department").or_else(view.lead_text("job_title").mapped(department_of))


def _country(view: Seen) -> Texts:
    return view.lead_text("country").or_else(view.company_text("country"))


def _company_age_years(view: Seen) -> Numbers:
    return view.year() - view.company_number("founded_year")


def _number(name: str, unit: Unit, wording: Wording, sentence: NumberSentence, measure: Measure) -> Feature:
    return Feature(name, unit, "fit", wording, not_known(uncapitalised(wording)), measure, sentence)


def _category(
    name: str, en: str, ja: str, measure: Measure, words: Mapping[str, Wording] = category_words.VERBATIM
) -> Feature:
    wording = Wording(en, ja)
    label = uncapitalised(wording)
    return Feature(name, "category", "fit", wording, not_known(label), measure, CategorySentence(label, words))


FIT: Final = (
    _category("industry", "Industry", "業種", TextMeasure("companies", "industry"), category_words.INDUSTRY),
    _number(
        "employees",
        "employees",
        Wording("Employees of the company", "従業員数"),
        NumberSentence(Wording("{} employees", "従業員数{}名"), one=Wording("1 employee", "従業員数1名")),
        lambda view: view.company_number("employees"),
    ),
    _number(
        "annual_revenue",
        "amount",
        Wording("Annual revenue of the company", "年間売上高"),
        NumberSentence(Wording("annual revenue {}", "年間売上高{}"), amount),
        lambda view: view.company_number("annual_revenue"),
    ),
    _number(
        "company_age_years",
        "years",
        Wording("Age of the company", "設立からの年数"),
        NumberSentence(
            many=Wording("company founded {} years ago", "設立から{}年"),
            one=Wording("company founded 1 year ago", "設立から1年"),
            zero=Wording("company founded this year", "今年設立の企業"),
        ),
        _company_age_years,
    ),
    _category("country", "Country", "国", _country),
    _category("region", "Region", "地域", TextMeasure("leads", "region")),
    _category("language", "Language", "言語", TextMeasure("leads", "language")),
    _category("seniority", "Seniority", "役職", _seniority, category_words.SENIORITY),
    _category("department", "Department", "部門", _department, category_words.DEPARTMENT),
    _category(
        "email_domain_kind",
        "Kind of mail address",
        "メールアドレスの種類",
        TextMeasure("leads", "email_domain_kind"),
        category_words.MAIL_DOMAIN,
    ),
)
