"""Exports of a CRM, as they are, into the canonical tables: told by a mapping that people can read and edit."""

from features.importing.conversion import Imported, convert
from features.importing.findings import Findings
from features.importing.mapping import Mapping
from features.importing.mapping_file import SHIPPED_MAPPINGS, load_mapping

__all__ = ["SHIPPED_MAPPINGS", "Findings", "Imported", "Mapping", "convert", "load_mapping"]
