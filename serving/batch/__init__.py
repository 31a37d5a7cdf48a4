"""Scores for many leads at once: from the tables of a source to a file or a table."""

from serving.batch.output import OutputError
from serving.batch.run import BatchRun, score_all
from serving.batch.wanted import WantedError, open_leads, wanted_snapshots

__all__ = ["BatchRun", "OutputError", "WantedError", "open_leads", "score_all", "wanted_snapshots"]
