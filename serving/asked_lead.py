"""One lead of a request, read."""

from collections.abc import Mapping
from typing import NamedTuple

from features.lead_source import Rows
from features.wording import Language


class AskedLead(NamedTuple):
    """The lead that a request asks about.

    Attributes
    ----------
    lead_id : str
        The lead.
    rows : mapping of table to rows
        As ``features.lead_source.LeadSource`` takes them, without the columns that are missing.
    as_of_ms : int or None
        What is dated there or later is not known; None where the request does not say.
    language : {"en", "ja"} or None
        Of the sentences; None where the request does not say.
    """

    lead_id: str
    rows: Mapping[str, Rows]
    as_of_ms: int | None
    language: Language | None
