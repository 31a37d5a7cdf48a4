"""What related columns give away together, though each alone looks harmless."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from features.wording import Wording
from training.audit.evidence.closing_time import ClosingTime
from training.audit.evidence.evidence import Figure
from training.audit.evidence.gain import Gain
from training.audit.evidence.open_leads import OpenLeads

MUCH: Final = 0.2
"""Share of what the model knows; enough where open leads or the time to closing show hindsight."""
_WITH_EDGES: Final = 0.25
_WITH_NAMES: Final = 0.5
_WITH_NAMES_OF_ALL: Final = 0.3
_MANY: Final = 0.75
_SEVERAL: Final = 3
_FIVE: Final = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that were looked at as one.

    Attributes
    ----------
    members : tuple of str
        Their names.
    gain : Gain
        What they add to all other columns.
    closing_time : ClosingTime or None
        How much of the time to closing they tell together; None where that cannot be asked.
    open_leads : OpenLeads or None
        What they promise of open leads; None where too few are open, or nothing is told.
    odd_names, sharp_edges : float
        Shares of the members whose names are suspicious, and on whose one end nothing was ever won.
    """

    members: tuple[str, ...]
    gain: Gain
    closing_time: ClosingTime | None
    open_leads: OpenLeads | None
    odd_names: float
    sharp_edges: float

    @property
    def tells(self) -> bool:
        """Whether they lift a model above what could be known: by much, and with a sign of hindsight."""
        if self.open_leads is not None and self.open_leads.clears:
            return False
        in_hindsight = (self.open_leads is not None and self.open_leads.leans) or self._tells_closing
        if in_hindsight:
            return self.gain.news >= MUCH
        if self.gain.is_unusual and self._is_edged:
            return self.gain.news >= _WITH_EDGES
        is_all_odd = self.odd_names == 1 and len(self.members) >= _FIVE
        least = _WITH_NAMES_OF_ALL if is_all_odd else _WITH_NAMES
        return self._is_odd and (self.gain.is_unusual or is_all_odd) and self.gain.news >= least

    @property
    def wording(self) -> Wording:
        """The finding for people."""
        parts = [self._lead, self.gain.wording, *self._signs]
        return Wording("; ".join(part.en for part in parts), "。".join(part.ja for part in parts))

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The same as numbers."""
        figures: dict[str, Figure] = {"group": ", ".join(self.members)}
        for part in (self.gain, self.closing_time, self.open_leads):
            figures |= {f"group_{name}": value for name, value in part.figures.items()} if part is not None else {}
        return figures

    @property
    def _is_edged(self) -> bool:
        """Whether several members have an end without wins: one may be a rule of the business, not all."""
        return len(self.members) >= _SEVERAL and self.sharp_edges >= _MANY

    @property
    def _is_odd(self) -> bool:
        """Whether the names of several members are suspicious."""
        return len(self.members) >= _SEVERAL and self.odd_names >= _MANY

    @property
    def _tells_closing(self) -> bool:
        return self.closing_time is not None and self.closing_time.tells

    @property
    def _lead(self) -> Wording:
        names = ", ".join(self.members)
        return Wording(
            f"with {len(self.members)} related columns ({names}) it tells what no column alone does",
            f"関連する{len(self.members)}項目（{names}）を合わせると、単独では見えない情報が漏れている",
        )

    @property
    def _signs(self) -> list[Wording]:
        signs = []
        if self._tells_closing and self.closing_time is not None:
            signs.append(self.closing_time.wording)
        if self.open_leads is not None and self.open_leads.leans:
            signs.append(self.open_leads.wording)
        if self._is_odd:
            signs.append(Wording("most of their names speak of hindsight", "名称の多くが事後に記入される内容を示す"))
        if self._is_edged:
            signs.append(
                Wording(
                    "most have an end at which nothing was ever won", "多くの項目に、成約がまったくない値の範囲がある"
                )
            )
        return signs
