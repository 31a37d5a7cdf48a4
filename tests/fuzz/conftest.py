from collections.abc import Iterator

import pytest
import structlog

from models.conversion import ConversionModel
from tests.serving.small_model import small_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> ConversionModel:
    return small_model(tmp_path_factory.mktemp("crm") / "sample")


@pytest.fixture(scope="session", autouse=True)
def _quiet_log() -> Iterator[None]:
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer()], logger_factory=structlog.ReturnLoggerFactory()
    )
    yield
    structlog.reset_defaults()
