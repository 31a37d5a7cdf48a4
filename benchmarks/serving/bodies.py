"""What is sent: one lead with its rows, and the same lead as features that are ready made."""

import json
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from features.compute import compute
from features.lead_records import lead_records, lead_snapshot
from models.conversion import ConversionModel
from serving.answering import read_request
from serving.row_fields import Reading

ACTIVITIES: Final = 40
_TYPES: Final = ("email_open", "page_view", "email_click", "page_view", "content_download", "call", "meeting")


def lead_body(as_of: datetime) -> dict[str, Any]:
    """Return a request with a lead, its company, 40 activities and 2 qualifications."""

    def before(days: float) -> str:
        return (as_of - timedelta(days=days)).isoformat(timespec="seconds")

    activities = [{"type": _TYPES[n % len(_TYPES)], "occurred_at": before(60 - 1.4 * n)} for n in range(ACTIVITIES)]
    qualifications = [
        {"answered_at": before(21), "authority_role": "champion", "need": "must"},
        {"answered_at": before(6), "budget_status": "can_buy", "timeframe": "next_quarter"},
    ]
    lead = {
        "lead_id": "00Q5g00000AbCdE",
        "created_at": before(61),
        "source": "seminar",
        "job_title": "情報システム部長",
        "country": "JP",
        "email": "t.sato@example.co.jp",
        "product_interest": "analytics",
    }
    company = {"company_id": "001A", "industry": "manufacturing", "employees": 850, "annual_revenue": 12_000_000_000}
    return {
        "lead": lead,
        "company": company,
        "activities": activities,
        "qualifications": qualifications,
        "as_of": as_of.isoformat(timespec="seconds"),
        "language": "ja",
    }


def feature_body(model: ConversionModel, body: dict[str, Any]) -> dict[str, Any]:
    """Return the features of a request as ``mlflow models serve`` takes them."""
    as_of_ms = int(datetime.fromisoformat(body["as_of"]).timestamp() * 1000)
    request = read_request(body, Reading(ZoneInfo("UTC"), as_of_ms, max_rows=ACTIVITIES))
    matrix = compute(model.spec, lead_records(request.rows), lead_snapshot(as_of_ms))
    row = [None if np.isnan(value) else value for value in matrix.values[0].tolist()]
    return {"dataframe_split": {"columns": list(matrix.names), "data": [row]}}


def as_http(path: str, body: dict[str, Any]) -> bytes:
    """Return a request to post a body, as it goes over the wire."""
    content = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"content-length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content
