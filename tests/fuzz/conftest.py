import pytest

from models.conversion import ConversionModel
from tests.quiet_log import quiet_log
from tests.serving.small_model import small_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> ConversionModel:
    return small_model(tmp_path_factory.mktemp("crm") / "sample")


__all__ = ["quiet_log"]
