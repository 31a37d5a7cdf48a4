"""Rows that a lead might have, put into its tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from features.faults import BadDataError, Fault
from features.instant import iso, to_ms
from features.spec import FeatureSpec
from features.tables import Tables
from training.review.change_faults import ATTRIBUTES, TIME_COLUMNS, ChangeCheck
from training.review.made_from import recipes_by_name

_DEAL_ID: Final = "what if"


@dataclass(frozen=True)
class ChangedLead:
    """A lead that is to be looked at with other rows.

    Attributes
    ----------
    tables : Tables
        What its features can see, as ``family.family`` returns it.
    place : int
        Its row in the leads table there.
    as_of_ms : int
        When it is looked at, in milliseconds since the epoch.
    time_zone : str
        Of times without an offset.
    """

    tables: Tables
    place: int
    as_of_ms: int
    time_zone: str

    @property
    def lead_id(self) -> str:
        """Its id."""
        return str(self.tables.leads["lead_id"].iloc[self.place])

    @property
    def company_id(self) -> str | None:
        """The id of its company; None where it has none."""
        own = self.tables.leads["company_id"].iloc[self.place]
        return None if pd.isna(own) else str(own)

    def with_changes(self, changes: Mapping[str, Any], spec: FeatureSpec) -> Tables:
        """Return the tables with the changes in them.

        Parameters
        ----------
        changes : mapping
            As the body of ``POST /score``: ``lead`` and ``company`` hold the fields to be set, ``activities``,
            ``qualifications``, ``stage_history`` and ``deals`` lists of rows to be added. A row without a time is
            dated right before the lead is looked at.
        spec : FeatureSpec
            The features, which cannot be set.

        Raises
        ------
        BadDataError
            With everything that cannot be changed in this way, and every value that is not allowed.
        """
        has_company = bool((self.tables.companies["company_id"] == self.company_id).any())
        if faults := [*ChangeCheck(self.tables, has_company, recipes_by_name(spec)).faults(changes)]:
            raise BadDataError(faults)
        valid = self._validated(changes)
        if late := [*self._late(valid)]:
            raise BadDataError(late)
        changed = self.tables
        for name, table in ATTRIBUTES.items():
            changed = self._set(changed, table, tuple(changes.get(name, ())), valid)
        return _added(changed, valid)

    def _validated(self, changes: Mapping[str, Any]) -> Tables:
        """Read the changes as if a source held them, with all its rules."""
        frames = {"leads": pd.DataFrame([{**self._own_row(), **changes.get("lead", {})}], dtype=object)}
        if "company" in changes:
            frames["companies"] = pd.DataFrame([{"company_id": self.company_id, **changes["company"]}], dtype=object)
        frames |= {
            table: pd.DataFrame([self._dated(table, row) for row in changes[table]], dtype=object)
            for table in TIME_COLUMNS
            if changes.get(table)
        }
        return Tables.from_frames(time_zone=self.time_zone, **frames)

    def _late(self, valid: Tables) -> Iterator[Fault]:
        """Yield rows that would not be known yet when the lead is looked at."""
        for table, column in TIME_COLUMNS.items():
            late = to_ms(getattr(valid, table)[column]) >= self.as_of_ms
            if late.any():
                remedy = "Date them earlier, or look at the lead later."
                rule = f"rows are dated before {iso(self.as_of_ms)}, when the lead is looked at"
                yield Fault(table, column, rule, "later ones", remedy, rows=int(late.sum()))

    def _own_row(self) -> dict[str, Any]:
        created_at = self.tables.leads["created_at"].iloc[self.place]
        return {"lead_id": self.lead_id, "company_id": self.company_id, "created_at": created_at.isoformat()}

    def _dated(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        given = {TIME_COLUMNS[table]: iso(self.as_of_ms - 1), "lead_id": self.lead_id}
        return given | ({"deal_id": _DEAL_ID} if table == "deals" else {}) | dict(row)

    def _set(self, tables: Tables, table: str, fields: Sequence[str], valid: Tables) -> Tables:
        """Set fields; what is known of their past goes, as if they had always been so."""
        if not fields:
            return tables
        frame, row = getattr(tables, table).copy(), getattr(valid, table).iloc[0]
        key = "lead_id" if table == "leads" else "company_id"
        own = frame[key] == row[key]
        for field in ("email_domain_kind" if field == "email" else field for field in fields):
            frame.loc[own, field] = row[field]
        if table == "companies":
            return replace(tables, companies=frame)
        history = tables.field_history
        past = (history["lead_id"] == self.lead_id) & history["field"].isin(fields)
        return replace(tables, leads=frame, field_history=history[~past].reset_index(drop=True))


def _added(tables: Tables, valid: Tables) -> Tables:
    new = frozenset(table for table in TIME_COLUMNS if len(getattr(valid, table)))
    return replace(
        tables,
        activities=_joined(tables.activities, valid.activities),
        qualifications=_joined(tables.qualifications, valid.qualifications),
        stage_history=_joined(tables.stage_history, valid.stage_history),
        deals=_joined(tables.deals, valid.deals),
        present=tables.present | new,
    )


def _joined(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return frame
    return pd.concat([frame, rows.reindex(columns=frame.columns)], ignore_index=True).astype(frame.dtypes)
