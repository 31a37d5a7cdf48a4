"""The rules of the gates, as sales wrote them down."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from features.answer import Answer
from features.rules_file import Section, read_rules
from models.bant.gates import Gates, Overall, PillarGate
from models.bant.pillar_rule import PillarRule
from models.bant.pillars import AMOUNT_COLUMN, PILLARS, Pillar

SHIPPED: Final = Path(__file__).with_name("bant.toml")


@dataclass(frozen=True)
class GateRules:
    """When each pillar passes or fails, and what the five come to.

    A lead is ``disqualified`` where a pillar fails whose fail disqualifies, or too many fail; else ``qualified`` where
    enough of the counted pillars pass; else it ``needs_discovery``. Unknown is never a failure: an answer that is
    taken away disqualifies nobody.

    Attributes
    ----------
    pillars : mapping of pillar to PillarRule
        All five, in the order of ``PILLARS``.
    required_passes : int
        How many of the counted pillars must pass.
    counted : tuple of str
        The pillars that count for it.
    fails_that_disqualify : int or None
        How many fails, of any pillars, disqualify together; None for no such number.
    rules_version : str
        Of the content of the file: equal where the rules are, whatever comments and spaces say.
    """

    pillars: Mapping[Pillar, PillarRule]
    required_passes: int
    counted: tuple[Pillar, ...]
    fails_that_disqualify: int | None
    rules_version: str

    @classmethod
    def load(cls, path: Path | None = None) -> "GateRules":
        """Read rules from a file, by default those that are shipped.

        Raises
        ------
        RulesError
            With every mistake in the file, each with its line.
        """
        reader = read_rules(path or SHIPPED)
        rules = cls._read(reader.top, reader.version)
        reader.check()
        return rules

    @classmethod
    def _read(cls, top: Section, version: str) -> "GateRules":
        pillars = {pillar: PillarRule.read(pillar, top.section(pillar)) for pillar in PILLARS if _is_there(top, pillar)}
        overall = top.section("overall")
        counted = overall.choices("counted", tuple(PILLARS))
        required = overall.whole_number("required_passes", least=1, most=len(PILLARS))
        can_pass = sum(pillar not in pillars or pillars[pillar].can_pass for pillar in counted)
        if required > can_pass:
            remedy = "Lower it, or count more pillars."
            overall.note("required_passes", f"no more than the {can_pass} counted pillars that can pass", remedy)
        return cls(pillars, required, counted, _fails_that_disqualify(overall), version)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the qualifications table that the rules look at."""
        columns = tuple(rule.column for rule in self.pillars.values())
        return columns if self.pillars["budget"].minimum is None else (*columns, AMOUNT_COLUMN)

    def judge(self, answers: Mapping[str, Answer], as_of_ms: int) -> Gates:
        """Judge one lead by its latest known answers.

        Parameters
        ----------
        answers : mapping of str to Answer
            By column of the qualifications table; a question without answer is absent.
        as_of_ms : int
            In milliseconds since the epoch, after every answer.
        """
        gates = {pillar: rule.gate(answers, as_of_ms) for pillar, rule in self.pillars.items()}
        return Gates(self._overall(gates), gates, self.rules_version)

    def _overall(self, gates: Mapping[Pillar, PillarGate]) -> Overall:
        failed = [pillar for pillar, gate in gates.items() if gate.status == "fail"]
        if failed:
            too_many = self.fails_that_disqualify is not None and len(failed) >= self.fails_that_disqualify
            if too_many or any(self.pillars[pillar].disqualifies for pillar in failed):
                return "disqualified"
        passes = [pillar for pillar in self.counted if gates[pillar].status == "pass"]
        return "qualified" if len(passes) >= self.required_passes else "needs_discovery"


def _is_there(top: Section, pillar: Pillar) -> bool:
    if pillar in top:
        return True
    top.note(pillar, "every pillar has a table with its rules", f"Add one below a line [{pillar}].")
    return False


def _fails_that_disqualify(overall: Section) -> int | None:
    key = "fails_that_disqualify"
    return overall.whole_number(key, least=1, most=len(PILLARS)) if key in overall else None
