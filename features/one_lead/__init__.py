"""One lead at one instant, in plain numbers and compiled code: a small fraction of what arrays for many leads take."""

from features.one_lead.lead_answers import lead_answers
from features.one_lead.lead_plan import measured_lead
from features.one_lead.lead_text import LeadText
from features.one_lead.lead_view import LeadView

__all__ = ["LeadText", "LeadView", "lead_answers", "measured_lead"]
