"""What somebody decided about columns, whatever the evidence: ``audit.toml``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from features.rules_file import RulesReader, Section, read_rules
from features.validation import nearest
from training.audit.verdicts import ColumnVerdict

Decision: TypeAlias = Literal["keep", "drop"]
_DECISIONS: Final[tuple[Decision, ...]] = get_args(Decision)
_FORMS: Final = "leads.column, companies.column, activities.type, qualifications.question or features.name"


@dataclass(frozen=True, slots=True)
class Override:
    """One decision.

    Attributes
    ----------
    name : str
        Of the subject, with its table.
    decision : {"keep", "drop"}
        What shall become of it.
    reason : str
        Why, as it will stand in the record of the run.
    """

    name: str
    decision: Decision
    reason: str


class Overrides:
    """The decisions of a file; none without one.

    Parameters
    ----------
    path : pathlib.Path, optional
        TOML with tables ``[[keep]]`` and ``[[drop]]``, each with a ``name`` and a ``reason``.

    Raises
    ------
    RulesError
        Where the file cannot be read or is not TOML.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._reader: RulesReader | None = None if path is None else read_rules(path)

    def of(self, names: Collection[str]) -> tuple[Override, ...]:
        """Return the decisions.

        Parameters
        ----------
        names : collection of str
            What the source has.

        Raises
        ------
        RulesError
            With every mistake of the file, names that the source does not have included.
        """
        if self._reader is None:
            return ()
        top = self._reader.top
        sections = [(decision, section) for decision in _DECISIONS for section in top.sections(decision)]
        found, known = [], list(names)
        for decision, section in sections:
            found.append(Override(_name(section, known), decision, section.text("reason")))
        self._reader.check()
        return tuple(found)


def overridden(verdicts: Iterable[ColumnVerdict], overrides: Collection[Override]) -> tuple[ColumnVerdict, ...]:
    """Return the verdicts with the decisions in their place."""
    decided = {one.name: one for one in overrides}
    return tuple(
        replace(one, level=decided[one.name].decision, override=decided[one.name].reason)
        if one.name in decided
        else one
        for one in verdicts
    )


def _name(section: Section, names: list[str]) -> str:
    """Read a name and take it from those that are left: each may stand once."""
    name = section.text("name")
    if name in names:
        names.remove(name)
    elif name:
        near = nearest(name, names)
        section.note(
            "name",
            "the name of something that the audit looks at, once",
            f"Did you mean {near!r}?" if near else f"Write {_FORMS}; make audit lists them.",
        )
    return name
