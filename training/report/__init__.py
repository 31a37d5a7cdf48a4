"""The report of a training run: one HTML page in English or Japanese."""

from training.report.data import (
    CustomField,
    DataUsed,
    DescribedFeature,
    DroppedFeature,
    Explanation,
    LeftOut,
    ReportData,
    ReportedHorizon,
    RunIdentity,
    TableUsed,
)
from training.report.page import render, write_report

__all__ = [
    "CustomField",
    "DataUsed",
    "DescribedFeature",
    "DroppedFeature",
    "Explanation",
    "LeftOut",
    "ReportData",
    "ReportedHorizon",
    "RunIdentity",
    "TableUsed",
    "render",
    "write_report",
]
