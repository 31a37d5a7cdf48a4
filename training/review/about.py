"""What a review looks at, in a few facts."""

import pandas as pd

from features.instant import to_ms
from models.conversion import ConversionModel
from models.registry_names import MODEL_NAME
from training.report.parts import Block, Cell, Column, Paragraphs, Table
from training.report.vocabulary import Vocabulary
from training.review.shown import Shown


def about(
    model: ConversionModel, version: int, leads: int, data_end_ms: int, given: pd.DataFrame, words: Vocabulary
) -> Shown:
    """Tell which model is reviewed on which data.

    Parameters
    ----------
    model : ConversionModel
        The champion.
    version : int
        In the registry.
    leads : int
        How many the source has.
    data_end_ms : int
        Of the source, in milliseconds since the epoch.
    given : pandas.DataFrame
        The answers of the service, as ``ScoreStore.scores`` returns them.
    words : Vocabulary
        Of the review.
    """
    date, count = words.numerals.date, words.numerals.count
    learnt_until = _data_end_ms(model)
    store = words("about.store_told", count=count(len(given)), leads=count(given["lead_id"].nunique()))
    facts = {
        "model": words("about.model_told", name=MODEL_NAME, version=version, data_end=date(learnt_until)),
        "data": words("about.data_told", leads=count(leads), data_end=date(data_end_ms)),
        "horizon": words("about.horizon_told", days=model.horizon_days),
        "store": store if len(given) else words("about.store_empty"),
    }
    rows = tuple((Cell(words(f"about.{name}")), Cell(told)) for name, told in facts.items())
    blocks: tuple[Block, ...] = (Table(words("about.caption"), (Column("", width="name"), Column("")), rows),)
    if learnt_until is None or learnt_until == data_end_ms:
        return Shown(blocks)
    mismatch = words("about.mismatch", model=date(learnt_until), tables=date(data_end_ms))
    return Shown((*blocks, Paragraphs((mismatch,))))


def _data_end_ms(model: ConversionModel) -> int | None:
    told = model.facts.get("data_end")
    return None if told is None else int(to_ms(pd.Series(pd.to_datetime([str(told)], utc=True)))[0])
