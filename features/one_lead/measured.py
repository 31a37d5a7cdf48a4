"""The features of one lead."""

from math import nan

import numpy as np

from features.arrays import FloatArray
from features.one_lead.lead_text import LeadText
from features.one_lead.lead_view import LeadView
from features.spec import FeatureSpec


def measured_lead(spec: FeatureSpec, view: LeadView) -> FloatArray:
    """Return the values of the features of one lead, shape (1, features)."""
    values = [nan] * len(spec.features)
    for statistic, columns, streams in spec.stream_columns:
        for column, value in zip(columns, view.activities.side_by_side(statistic, streams), strict=True):
            values[column] = value
    for column, measure, code_of, other_code in spec.single_columns:
        measured = measure(view)
        if isinstance(measured, float):
            values[column] = measured
        elif isinstance(measured, LeadText) and measured.text is not None:
            values[column] = code_of.get(measured.text, other_code)
    return np.array([values])
