"""The rules of ``icp.toml``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from features.rules_file import Section, read_rules
from models.icp.activity_reading import engagement_of
from models.icp.criterion import Criterion
from models.icp.criterion_reading import criteria_of
from models.icp.engagement import EngagementPoints
from models.icp.rating import Scale
from models.score_map import GRADES, HIGHEST_SCORE, LOWEST_SCORE

DEFAULT_RULES: Final = Path(__file__).parent / "icp.toml"
_MOST_POINTS: Final = 100_000
_CUT_OFF_NAMES: Final = GRADES[:-1]


@dataclass(frozen=True)
class IcpRules:
    """What earns points, and what points come to.

    Attributes
    ----------
    criteria : tuple of Criterion
        Of the ideal customer profile.
    engagement : EngagementPoints
        What activities are worth.
    overall_scale, fit_scale, engagement_scale : Scale
        From points to scores and grades.
    version : str
        Of the content of the file.
    """

    criteria: tuple[Criterion, ...]
    engagement: EngagementPoints
    overall_scale: Scale
    fit_scale: Scale
    engagement_scale: Scale
    version: str

    @classmethod
    def load(cls, path: Path | None = None) -> "IcpRules":
        """Read the rules.

        Parameters
        ----------
        path : pathlib.Path, optional
            The company's own file; the one that comes with the code where not given.

        Raises
        ------
        RulesError
            With every mistake of the file, each with its line and a suggestion.
        """
        reader = read_rules(path or DEFAULT_RULES)
        scales = reader.top.section("score")
        rules = cls(
            criteria=criteria_of(reader.top.section("fit")),
            engagement=engagement_of(reader.top.section("engagement")),
            overall_scale=_scale(scales.section("overall")),
            fit_scale=_scale(scales.section("fit")),
            engagement_scale=_scale(scales.section("engagement")),
            version=reader.version,
        )
        reader.check()
        return rules


def _scale(section: Section) -> Scale:
    lowest = section.number("lowest", least=-_MOST_POINTS, most=_MOST_POINTS)
    highest = section.number("highest", least=-_MOST_POINTS, most=_MOST_POINTS)
    if highest <= lowest:
        section.note("highest", f"more points than the lowest ({lowest:g}) are required", "Swap or move them.")
    return Scale(lowest, highest, tuple(_cut_offs(section.section("grades"))))


def _cut_offs(section: Section) -> Iterator[int]:
    above = HIGHEST_SCORE + 1
    for grade in _CUT_OFF_NAMES:
        cut_off = section.whole_number(grade, least=LOWEST_SCORE, most=HIGHEST_SCORE)
        if cut_off >= above:
            section.note(grade, f"a lower score than the grade before ({above}) is required", "Lower it.")
        above = cut_off or above
        yield cut_off
