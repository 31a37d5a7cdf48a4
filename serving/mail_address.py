"""A mail address of a request, reduced before anything else sees it."""

import re
import unicodedata
from typing import Final

from features.email_domain import ADDRESS, DomainKind, kind_of_domain

_ADDRESS: Final = re.compile(ADDRESS)
_IN_ANGLES: Final = re.compile(r"^.*<([^<>]*)>$")


def kind_of_address(address: str) -> DomainKind | None:
    """Return the kind of the address's domain, as ``features.email_domain.domain_kind`` does for a column."""
    text = unicodedata.normalize("NFKC", address).strip()
    if text.endswith(">"):
        text = _IN_ANGLES.sub(r"\1", text).strip()
    found = _ADDRESS.match(text.lower())
    return None if found is None else kind_of_domain(found[1])
