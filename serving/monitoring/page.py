"""The page: everything that was found, in one file that needs nothing else."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from features.wording import Language
from models.score_map import GRADES
from serving.monitoring.check import Check
from serving.monitoring.numerals import filters
from serving.monitoring.period import RECENT_DAYS
from serving.monitoring.thresholds import THRESHOLDS
from serving.monitoring.watch import Watch

_PACKAGE: Final = "serving.monitoring"
MOST_FEATURES: Final = 25
"""Those that moved most; all of them stand in the JSON."""

_AXIS_ENDS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0)


def render(found: Watch, checks: Sequence[Check], language: Language) -> str:
    """Return one self-contained page; names from the CRM are shown as text and never as markup.

    Parameters
    ----------
    found : Watch
        What to show.
    checks : sequence of Check
        What it came to.
    language : {"en", "ja"}
        Of the page.
    """
    environment = Environment(
        loader=PackageLoader(_PACKAGE, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters(found.period.zone, language))
    environment.filters["say"] = lambda wording: wording.in_language(language)
    return environment.get_template("monitor.html.j2").render(
        language=language,
        words=words(language),
        found=found,
        checks=checks,
        alarms=[check for check in checks if check.needs_person],
        features=found.inputs.features[:MOST_FEATURES] if found.inputs else (),
        grades=GRADES,
        limits=THRESHOLDS,
        recent_days=RECENT_DAYS,
        **_scales(found),
    )


@cache
def words(language: Language) -> Mapping[str, str]:
    """Return the page's own phrases by their names."""
    text = files(_PACKAGE).joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _scales(found: Watch) -> dict[str, Any]:
    """Return the greatest value that each drawing has to show."""
    rates = [
        share
        for month in found.months
        if month.quality
        for share in (month.quality.won / month.quality.scores, month.quality.predicted / month.quality.scores)
    ]
    shares = [one.share.high for one in (*found.judged.grades, *found.judged.gates) if one.scores]
    return {"highest_rate": _round_up(max(rates, default=0.0)), "highest_share": max(shares, default=0.0) or 1.0}


def _round_up(rate: float) -> float:
    """Return the next rate that an axis ends at well."""
    return next((end for end in _AXIS_ENDS if end >= rate), 1.0)
