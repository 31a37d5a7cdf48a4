"""Requests as a CRM would send them, in both languages; they stand in the API's description."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from features.wording import Language
from serving.examples.english import REQUEST as ENGLISH
from serving.examples.japanese import REQUEST as JAPANESE

REQUESTS: Final[Mapping[Language, dict[str, Any]]] = MappingProxyType({"en": ENGLISH, "ja": JAPANESE})
