from collections.abc import Sequence

from features.arrays import FloatArray
from features.one_lead.lead_view import LeadView
from features.spec import FeatureSpec
from features.spec_columns import SingleColumn, StreamColumns

class LeadPlan:
    def __init__(self, stream_columns: Sequence[StreamColumns], single_columns: Sequence[SingleColumn]) -> None: ...
    def measured(self, view: LeadView) -> FloatArray: ...

def measured_lead(spec: FeatureSpec, view: LeadView) -> FloatArray: ...
