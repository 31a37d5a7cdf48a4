"""A lead of a Japanese manufacturer, met at a seminar."""

from typing import Any, Final

OUTCOME: Final[dict[str, Any]] = {
    "lead_id": "00Q5g00000AbCdE",
    "outcome": "won",
    "closed_at": "2026-11-20T16:45:00+09:00",
    "amount": 4_800_000,
    "currency": "JPY",
}
REQUEST: Final[dict[str, Any]] = {
    "lead": {
        "lead_id": "00Q5g00000AbCdE",
        "created_at": "2026-10-02T09:12:00+09:00",
        "source": "seminar",
        "job_title": "情報システム部長",
        "seniority": "director",
        "country": "JP",
        "email": "t.sato@example.co.jp",
        "product_interest": "analytics",
    },
    "company": {
        "company_id": "001A",
        "industry": "manufacturing",
        "employees": 850,
        "annual_revenue": 12_000_000_000,
    },
    "activities": [
        {"type": "seminar_attend", "occurred_at": "2026-10-02T05:00:00Z"},
        {"type": "email_open", "occurred_at": "2026-10-20T00:05:00Z"},
        {"type": "email_click", "occurred_at": "2026-11-12T01:20:00Z"},
        {"type": "content_download", "occurred_at": "2026-11-12T01:24:00Z"},
        {"type": "meeting", "occurred_at": "2026-11-18T05:00:00Z"},
    ],
    "qualifications": [
        {
            "answered_at": "2026-11-18T06:00:00Z",
            "budget_status": "can_buy",
            "authority_role": "champion",
            "need": "must",
        }
    ],
    "as_of": "2026-11-21T00:00:00Z",
    "language": "ja",
}
