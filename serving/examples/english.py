"""A lead of an English retailer, who asked for a demonstration."""

from typing import Any, Final

OUTCOME: Final[dict[str, Any]] = {
    "lead_id": "lead-4711",
    "outcome": "lost",
    "closed_at": "2026-11-12T15:30:00Z",
    "amount": 18_500,
    "currency": "GBP",
    "lost_reason": "chose another supplier",
}
REQUEST: Final[dict[str, Any]] = {
    "lead": {
        "lead_id": "lead-4711",
        "created_at": "2026-09-14T10:02:00+01:00",
        "source": "web",
        "campaign": "autumn-demo",
        "job_title": "Head of Operations",
        "country": "GB",
        "email": "o.reed@example.co.uk",
    },
    "company": {"company_id": "acc-88", "industry": "retail", "employees": 2400, "country": "GB"},
    "activities": [
        {"type": "form_submit", "occurred_at": "2026-09-14T09:02:00Z"},
        {"type": "page_view", "occurred_at": "2026-09-14T09:10:00Z", "value": 6},
        {"type": "call", "occurred_at": "2026-09-16T13:30:00Z", "agent": "inside-sales-3"},
        {"type": "meeting", "occurred_at": "2026-10-05T14:00:00Z", "recorded_at": "2026-10-05T16:20:00Z"},
        {"type": "email_reply", "occurred_at": "2026-10-28T08:45:00Z"},
    ],
    "qualifications": [
        {"answered_at": "2026-10-05T16:20:00Z", "budget_status": "may_buy", "timeframe": "next_quarter"},
        {"answered_at": "2026-10-28T09:00:00Z", "authority_role": "decision_maker", "competition": "identified"},
    ],
    "as_of": "2026-11-02T09:00:00Z",
    "language": "en",
}
