"""BANT-C gates: rules that sales edits, beside the probability and never in it."""

from features.answer import Answer
from models.bant.backtest import backtest
from models.bant.decided import Decided, decided_leads
from models.bant.evaluation import evaluate
from models.bant.gates import OVERALLS, STATUSES, Gates, GateStatus, Overall, PillarGate
from models.bant.pillars import PILLARS, Pillar
from models.bant.rules import GateRules

__all__ = [
    "OVERALLS",
    "PILLARS",
    "STATUSES",
    "Answer",
    "Decided",
    "GateRules",
    "GateStatus",
    "Gates",
    "Overall",
    "Pillar",
    "PillarGate",
    "backtest",
    "decided_leads",
    "evaluate",
]
