import pandas as pd
import pytest

from features.sample import simulate


@pytest.fixture(scope="session")
def crm() -> dict[str, pd.DataFrame]:
    return simulate(leads=2_000, seed=1)


@pytest.fixture(scope="session")
def large() -> dict[str, pd.DataFrame]:
    return simulate(leads=20_000, seed=2)
