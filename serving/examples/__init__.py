"""Requests as a CRM would send them, in both languages; they stand in the API's description."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from features.wording import Language
from serving.examples import english, japanese

REQUESTS: Final[Mapping[Language, dict[str, Any]]] = MappingProxyType({"en": english.REQUEST, "ja": japanese.REQUEST})
OUTCOMES: Final[Mapping[Language, dict[str, Any]]] = MappingProxyType({"en": english.OUTCOME, "ja": japanese.OUTCOME})
