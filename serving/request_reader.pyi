from typing import Any

from serving.asked_lead import AskedLead
from serving.row_fields import Reading

def read_plain(content: Any, reading: Reading) -> AskedLead | None: ...
