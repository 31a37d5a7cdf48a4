"""The gates of many leads at once."""

from features.look import answers_of_lead
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
    as_of_ms = snapshots.as_of_ms.tolist()
    of_lead = answers_of_lead(records, snapshots)
    if of_lead is not None:
        return [rules.judge(of_lead, as_of_ms[0])]
    columns = known_answers(records, rules.columns, snapshots)
    return [
        rules.judge({name: answer for name, answer in zip(rules.columns, row, strict=True) if answer}, instant)
        for instant, *row in zip(as_of_ms, *columns, strict=True)
    ]
