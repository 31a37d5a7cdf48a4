"""A simulated CRM into which people are planted: in columns that the code knows, in others, and in free text."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from features.sample import write_sample

NEEDLES = ("plantova", "植木花子", "90-4567-", "09045678", "90123456", "plantway")
"""A part of everything that is planted, in lower case."""
FEW = slice(3, 9)


def write_planted(folder: Path, leads: int) -> None:
    """Write the tables; nothing that is planted stands in more leads than a person has."""
    write_sample(folder, leads)
    for table, plant in _PLANTS.items():
        file = next(folder.glob(f"{table}.*"))
        plant(pd.read_csv(file, dtype="str", keep_default_na=False)).to_csv(file, index=False)


def _numbered(text: str, frame: pd.DataFrame) -> list[str]:
    return [text.format(row) for row in range(len(frame))]


def _leads(leads: pd.DataFrame) -> pd.DataFrame:
    everyone = {
        "full_name": "Hanako Plantova{}",
        "email": "h.plantova{}@example.com",
        "second_email": "h.plantova{}@example.org",
        "phone": "+81-90-4567-{:04}",
        "mobile": "09045678{:04}",
        "street": "{} Plantway Road",
        "notes": "met Hanako Plantova{} (植木花子) at the fair, call after five",
    }
    some = {"campaign", "region", "source", "country", "department", "job_title", "nurture_track"}
    leads = leads.assign(**{name: _numbered(text, leads) for name, text in everyone.items()})
    leads["fax"] = [str(901_234_560_000 + 7 * row) for row in range(len(leads))]
    leads["lost_reason"] = leads["full_name"].where(leads["outcome"] == "lost", "")
    leads["contact"] = [f"Plantova {row // 9}" if row < 180 else "front desk" for row in range(len(leads))]
    for name in some:
        leads[name] = leads.get(name, "")
        leads.loc[leads.index[FEW], name] = "Plantova"
    return leads


def _activities(activities: pd.DataFrame) -> pd.DataFrame:
    lunches = activities[:6].assign(type="lunch with Hanako Plantova")
    every = pd.concat([activities, lunches])
    return every.assign(agent=_numbered("Plantova{}", every), remark=_numbered("said Plantova{}", every))


def _field_history(changes: pd.DataFrame) -> pd.DataFrame:
    renamed = changes[:30].assign(field="full_name", old_value="Hanako Plantova", new_value="Hana Plantova")
    return pd.concat([changes, renamed])


_PLANTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "leads": _leads,
    "activities": _activities,
    "companies": lambda companies: companies.assign(contact_person=_numbered("Boss Plantova{}", companies)),
    "deals": lambda deals: deals.assign(product=_numbered("Licence of Plantova{}", deals)),
    "stage_history": lambda stages: stages.assign(reason=_numbered("as Plantova{} said", stages)),
    "field_history": _field_history,
}
