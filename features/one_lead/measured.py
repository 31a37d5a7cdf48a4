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
    for column, feature in spec.single_columns:
        measure = feature.feature.measure(view)
        if isinstance(measure, float):
            values[column] = measure
        elif isinstance(measure, LeadText) and measure.text is not None:
            values[column] = feature.code_of.get(measure.text, feature.other_code)
    return np.array([values])
