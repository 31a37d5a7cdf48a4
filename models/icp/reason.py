"""What moved a score by rules, with its points and its words."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from features.catalogue import Feature
from features.catalogue.numerals import duration
from features.wording import Language, Wording
from models.icp.engagement import ActivityPoints

Group: TypeAlias = Literal["fit", "engagement"]


@dataclass(frozen=True, slots=True)
class FitReason:
    """What the lead is.

    Attributes
    ----------
    criterion : Feature
        Such as the industry.
    value : str or float
        As the record has it.
    points : float
        Never 0; below zero they count against the lead.
    """

    criterion: Feature
    value: str | float
    points: float
    group: ClassVar[Group] = "fit"

    @property
    def feature(self) -> str:
        """The name of the criterion, such as ``industry``."""
        return self.criterion.name

    @property
    def unit(self) -> str:
        """What the value counts; ``category`` for text."""
        return self.criterion.unit

    @property
    def text(self) -> Wording:
        """The value for people."""
        return Wording(self._say("en"), self._say("ja"))

    def _say(self, language: Language) -> str:
        if isinstance(self.value, str):
            return self.criterion.say(0.0, self.value, language)
        return self.criterion.say(self.value, None, language)


@dataclass(frozen=True, slots=True)
class ActivityReason:
    """What the lead did.

    Attributes
    ----------
    activity : ActivityPoints
        The type of activity.
    value : float
        How often it happened.
    days_since_last : float
        The days from the newest to ``as_of``.
    points : float
        Never 0; below zero they count against the lead.
    """

    activity: ActivityPoints
    value: float
    days_since_last: float
    points: float
    group: ClassVar[Group] = "engagement"
    unit: ClassVar[str] = "count"

    @property
    def feature(self) -> str:
        """The name of the type, such as ``activity_meeting``."""
        return self.activity.feature

    @property
    def text(self) -> Wording:
        """How often and how long ago, for people."""
        often = self.activity.sentence
        days = self.days_since_last
        ago_en = "within a day" if days < 1 else f"{duration(days, 'en')} ago"
        ago_ja = "24時間以内" if days < 1 else f"{duration(days, 'ja')}前"
        return Wording(
            f"{often.say(self.value, 'en')}, last {ago_en}", f"{often.say(self.value, 'ja')}（直近は{ago_ja}）"
        )


PointsReason: TypeAlias = FitReason | ActivityReason
