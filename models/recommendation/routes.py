"""The routes of ``routes.toml``: what to do with a lead of a grade, as far as the gates let it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

from features.rules_file import Section, read_rules
from features.wording import LANGUAGES, Wording
from models.bant.gates import OVERALLS, Overall
from models.score_map import GRADES, Grade

Route: TypeAlias = Literal["call_now", "discover", "nurture", "long_term", "disqualify"]
ROUTES: Final[tuple[Route, ...]] = get_args(Route)
DEFAULT_ROUTES: Final = Path(__file__).parent / "routes.toml"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to do next.

    Attributes
    ----------
    route : {"call_now", "discover", "nurture", "long_term", "disqualify"}
        The list that the lead belongs on.
    text : Wording
        The same for people.
    """

    route: Route
    text: Wording


@dataclass(frozen=True)
class Routes:
    """A recommendation for every grade and every outcome of the gates.

    Attributes
    ----------
    cells : mapping of (grade, overall) to Recommendation
        All twelve.
    version : str
        Of the content of the file.
    """

    cells: Mapping[tuple[Grade, Overall], Recommendation]
    version: str

    @classmethod
    def load(cls, path: Path | None = None) -> "Routes":
        """Read the table.

        Parameters
        ----------
        path : pathlib.Path, optional
            The company's own file; the one that comes with the code where not given.

        Raises
        ------
        RulesError
            With every mistake of the file, each with its line and a suggestion.
        """
        reader = read_rules(path or DEFAULT_ROUTES)
        by_grade = {grade: reader.top.section(grade) for grade in GRADES}
        cells = {(grade, overall): _cell(by_grade[grade], overall) for grade in GRADES for overall in OVERALLS}
        reader.check()
        return cls(MappingProxyType(cells), reader.version)


def recommend(routes: Routes, grade: Grade, overall: Overall) -> Recommendation:
    """Return what to do with a lead of a grade, given what its gates come to."""
    return routes.cells[grade, overall]


def _cell(grade: Section, overall: Overall) -> Recommendation:
    cell = grade.section(overall)
    route = cell.choice("route", ROUTES)
    return Recommendation(route, Wording(**{language: cell.text(language) for language in LANGUAGES}))
