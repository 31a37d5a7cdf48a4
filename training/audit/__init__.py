"""Which columns give the outcome away, and why: looked into before every training."""

from training.audit.audit import Audit, audit_columns
from training.audit.overrides import Overrides
from training.audit.verdicts import ColumnVerdict

__all__ = ["Audit", "ColumnVerdict", "Overrides", "audit_columns"]
