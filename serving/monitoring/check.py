"""One rule of the watch, and what it came to."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from features.wording import Wording

State: TypeAlias = Literal["fine", "alarm", "unknown"]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule, and what was found.

    Attributes
    ----------
    name : str
        Of the rule.
    title : Wording
        What is looked at.
    rule : Wording
        From where on it needs a person.
    state : {"fine", "alarm", "unknown"}
        ``unknown`` where there is too little to tell: that needs no person.
    found : Wording
        What was found.
    next_step : Wording
        What to do where it needs a person.
    """

    name: str
    title: Wording
    rule: Wording
    state: State
    found: Wording
    next_step: Wording

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to act."""
        return self.state == "alarm"

    def to_json(self) -> dict[str, object]:
        """Return plain data, in both languages."""
        told = {
            name: {"en": one.en, "ja": one.ja}
            for name, one in (("title", self.title), ("rule", self.rule), ("found", self.found))
        }
        if self.needs_person:
            told["next_step"] = {"en": self.next_step.en, "ja": self.next_step.ja}
        return {"name": self.name, "state": self.state, **told}
