"""A registry with a champion, made for the benchmark where none is named."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from features.sample import write_sample
from models.conversion import ConversionModel
from serving.registry_door import RegistryDoor

_LEADS: Final = 4_000
_CHECKOUT: Final = Path(__file__).parents[2]


def new_store(folder: Path) -> str:
    """Train on a small simulated CRM, as ``make train`` does; return the store's address."""
    write_sample(folder / "crm", leads=_LEADS)
    store = f"sqlite:///{folder / 'tracking.db'}"
    environment = {**os.environ, "PYTHONPATH": str(_CHECKOUT), "MLFLOW_TRACKING_URI": store}
    command = [sys.executable, "-m", "training", "train", "crm"]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"training failed with exit code {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return store


def champion(store: str) -> ConversionModel:
    """Return the model that scores leads."""
    registry = RegistryDoor(store, Path.cwd())
    named = registry.champion()
    if named is None:
        raise SystemExit(f"{store} has no champion: name a store that training has written to")
    return registry.load(named)
