"""The gates of many leads at once."""

from features.records import Records
from features.snapshots import Snapshots
from models.bant.answers import known_answers
from models.bant.gates import Gates
from models.bant.rules import GateRules


def evaluate(rules: GateRules, records: Records, snapshots: Snapshots) -> list[Gates]:
    """Judge leads at instants by the answers given strictly before.

    Later answers override earlier ones column by column; a blank cell overrides nothing. Of two answers at the same
    instant the greater amount or the text later in the alphabet counts, so the order of the rows never does.

    Returns
    -------
    list of Gates
        One a snapshot, in order.
    """
    columns = known_answers(records, rules.columns, snapshots)
    return [
        rules.judge({name: answer for name, answer in zip(rules.columns, row, strict=True) if answer}, instant)
        for instant, *row in zip(snapshots.as_of_ms.tolist(), *columns, strict=True)
    ]
