"""How long the lead has been on its way, and where it stands."""

from typing import Final

from features.catalogue import category_words
from features.catalogue.arithmetic import flag
from features.catalogue.feature import Feature
from features.catalogue.numerals import duration
from features.catalogue.sentence import CategorySentence, NumberSentence, yes_or_no
from features.seen import Numbers, Seen
from features.wording import Wording

NO_STAGE: Final = Wording("no stage recorded yet", "ステージの記録はまだありません")
_EPOCH_WEEKDAY: Final = 3  # 1 January 1970 was a Thursday, and Monday is 0
_SATURDAY: Final = 5


def _created_at_weekend(view: Seen) -> Numbers:
    return flag((view.created_day() + _EPOCH_WEEKDAY) % 7 >= _SATURDAY)


TIMING: Final = (
    Feature(
        "days_since_created",
        "days",
        "timing",
        Wording("Days since the lead was created", "リード登録からの日数"),
        None,
        lambda view: view.days_since_created(),
        NumberSentence(Wording("lead created {} ago", "リード登録から{}"), duration),
    ),
    Feature(
        "created_at_weekend",
        "flag",
        "timing",
        Wording("Created at a weekend (UTC)", "週末の登録（UTC）"),
        None,
        _created_at_weekend,
        yes_or_no(
            Wording("lead created on a weekend (UTC)", "週末に登録（UTC）"),
            Wording("lead created on a weekday (UTC)", "平日に登録（UTC）"),
        ),
    ),
    Feature(
        "stage",
        "category",
        "timing",
        Wording("Stage", "ステージ"),
        NO_STAGE,
        lambda view: view.stage(),
        CategorySentence(Wording("stage", "ステージ"), category_words.STAGE),
    ),
    Feature(
        "days_in_stage",
        "days",
        "timing",
        Wording("Days in the stage", "現ステージの滞在日数"),
        NO_STAGE,
        lambda view: view.days_in_stage(),
        NumberSentence(Wording("in the current stage for {}", "現ステージに入ってから{}"), duration),
    ),
    Feature(
        "stages_entered",
        "count",
        "timing",
        Wording("Stages entered", "経過したステージ数"),
        None,
        lambda view: view.stages_entered(),
        NumberSentence(
            many=Wording("{} stages entered so far", "これまでに経過したステージ{}件"),
            one=Wording("1 stage entered so far", "これまでに経過したステージ1件"),
            zero=Wording("no stage entered so far", "これまでに経過したステージなし"),
        ),
    ),
    Feature(
        "open_deals",
        "count",
        "timing",
        Wording("Open deals", "進行中の案件数"),
        None,
        lambda view: view.open_deals(),
        NumberSentence(
            many=Wording("{} open deals", "進行中の案件{}件"),
            one=Wording("1 open deal", "進行中の案件1件"),
            zero=Wording("no open deal", "進行中の案件なし"),
        ),
    ),
    Feature(
        "days_since_deal_opened",
        "days",
        "timing",
        Wording("Days since the last deal was opened", "最後の案件化からの日数"),
        Wording("no deal opened yet", "案件化はまだありません"),
        lambda view: view.days_since_deal_opened(),
        NumberSentence(Wording("last deal opened {} ago", "最後の案件化から{}"), duration),
    ),
)
