"""What the watch found, as plain data: the figures of the page."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final

from features.instant import iso
from features.wording import Wording
from serving.monitoring.check import Check
from serving.monitoring.watch import Watch

FORMAT: Final = 1
_PARTS: Final = ("answers", "leads", "months", "inputs", "judged", "reporting", "pairing")


def watch_json(found: Watch, checks: Sequence[Check], figures: Mapping[str, float]) -> dict[str, Any]:
    """Return everything that was found; a figure that is not defined is null."""
    subject, period = found.subject, found.period
    data_end = None if subject.data_end_ms is None else iso(subject.data_end_ms)
    return {
        "format": FORMAT,
        "needs_person": any(check.needs_person for check in checks),
        "model": {"name": subject.name, "version": subject.version, "data_end": data_end},
        "period": {"since": iso(period.since_ms), "until": iso(period.until_ms), "time_zone": period.zone.key},
        "checks": [check.to_json() for check in checks],
        "figures": dict(figures),
        **{name: _plain(getattr(found, name)) for name in _PARTS},
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; what has fields becomes an object of them."""
    if isinstance(value, Wording):
        return {"en": value.en, "ja": value.ja}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
