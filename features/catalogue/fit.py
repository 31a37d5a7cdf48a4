"""Who the lead is: the company and the person."""

from typing import Final

import numpy as np

from features.arrays import FloatArray
from features.catalogue.feature import NOT_KNOWN, Feature, Measure, Unit
from features.job_title import department_of, seniority_of
from features.text_column import TextColumn
from features.view import View
from features.wording import Wording


def _seniority(view: View) -> TextColumn:
    return view.lead_text("seniority").or_else(view.lead_text("job_title").mapped(seniority_of))


def _department(view: View) -> TextColumn:
    return view.lead_text("department").or_else(view.lead_text("job_title").mapped(department_of))


def _country(view: View) -> TextColumn:
    return view.lead_text("country").or_else(view.company_text("country"))


def _company_age_years(view: View) -> FloatArray:
    year = view.snapshots.as_of_ms.astype("datetime64[ms]").astype("datetime64[Y]").astype(np.int64) + 1970
    return year - view.company_number("founded_year")


def _about(name: str, unit: Unit, en: str, ja: str, measure: Measure) -> Feature:
    return Feature(name, unit, "fit", Wording(en, ja), NOT_KNOWN, measure)


FIT: Final = (
    _about("industry", "category", "Industry", "業種", lambda view: view.company_text("industry")),
    _about(
        "employees", "employees", "Employees of the company", "従業員数", lambda view: view.company_number("employees")
    ),
    _about(
        "annual_revenue",
        "amount",
        "Annual revenue of the company",
        "年間売上高",
        lambda view: view.company_number("annual_revenue"),
    ),
    _about("company_age_years", "years", "Age of the company", "設立からの年数", _company_age_years),
    _about("country", "category", "Country", "国", _country),
    _about("region", "category", "Region", "地域", lambda view: view.lead_text("region")),
    _about("language", "category", "Language", "言語", lambda view: view.lead_text("language")),
    _about("seniority", "category", "Seniority", "役職", _seniority),
    _about("department", "category", "Department", "部門", _department),
    _about(
        "email_domain_kind",
        "category",
        "Kind of mail address",
        "メールアドレスの種類",
        lambda view: view.lead_text("email_domain_kind"),
    ),
)
