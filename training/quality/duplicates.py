"""Rows that look like the same thing twice."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from features.schema import kept_columns
from features.tables import Tables
from features.validation.addresses import OWN_ADDRESS
from features.wording import Wording

_NAMES: Final = frozenset({"name", "companyname", "accountname", "会社名", "企業名", "取引先名"})
_DOMAINS: Final = frozenset({"domain", "website", "url", "hsemaildomain", "ドメイン", "ウェブサイト"})
_IGNORED: Final = frozenset({"lead_id", "created_at", "closed_at"})
_MANY_COLUMNS: Final = 5
"""With fewer columns leads are alike by chance."""
_LEGAL_FORM: Final = re.compile(r"株式会社|（株）|\(株\)|有限会社|合同会社|\b(inc|ltd|llc|gmbh|co|corp|kk)\b|[\s.,・]")
_ADDRESS: Final = re.compile(r"^(https?://)?(www\.)?|/.*$")

_ALIKE: Final = Wording(
    "leads that equal another in every column but its id and dates", "ID・日付以外の全項目が他と同じリード"
)
_SAME_ADDRESS: Final = Wording("leads with the mail address of another lead", "他と同じメールアドレスのリード")
_SAME_NAME: Final = Wording("companies with the name of another company", "他と同じ企業名の企業")
_SAME_DOMAIN: Final = Wording("companies with the domain of another company", "他と同じドメインの企業")


@dataclass(frozen=True, slots=True)
class Duplicates:
    """How many rows repeat another, in one respect.

    Attributes
    ----------
    what : Wording
        Which rows, and in which respect.
    rows : int
        How many stand for something that stands in an earlier row.
    of : int
        How many there are.
    """

    what: Wording
    rows: int
    of: int


def duplicates(tables: Tables) -> tuple[Duplicates, ...]:
    """Count repeats among leads and companies; only respects that the source has are told.

    Mail addresses are compared at the door, before they are reduced to the kind of their domain: here nothing of them
    is left but the warning.
    """
    leads, companies = tables.leads, tables.companies
    compared = leads.columns.difference(list(_IGNORED))
    found = []
    if len(compared) - leads[compared].isna().all().sum() >= _MANY_COLUMNS:
        found.append(Duplicates(_ALIKE, int(leads.duplicated(compared).sum()), len(leads)))
    addresses = [fault for fault in tables.warnings if fault.rule == OWN_ADDRESS.requires]
    found += [Duplicates(_SAME_ADDRESS, fault.rows, len(leads)) for fault in addresses]
    for what, names, noise in ((_SAME_NAME, _NAMES, _LEGAL_FORM), (_SAME_DOMAIN, _DOMAINS, _ADDRESS)):
        repeats = (_repeats(companies[column], noise) for column in _named(companies, names))
        found += [Duplicates(what, rows, len(companies)) for rows in repeats]
    return tuple(found)


def _named(frame: pd.DataFrame, names: Iterable[str]) -> list[str]:
    """Return the custom columns that have one of some names, however they are written."""
    declared = kept_columns("companies")
    columns = (str(column) for column in frame.columns if column not in declared)
    return [column for column in columns if re.sub(r"[\W_]", "", column).lower() in names]


def _repeats(values: pd.Series, noise: re.Pattern[str]) -> int:
    plain = values.dropna().str.strip().str.lower().str.replace(noise, "", regex=True)
    return int(plain[plain != ""].duplicated().sum())
