"""What the service is told by its environment; read here and nowhere else."""

from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from features.wording import Language

MEBIBYTE: Final = 1024 * 1024
PREFIX: Final = "LEADS_"


class SettingsError(ValueError):
    """The environment says something that the service cannot follow; names every variable at once."""


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is not an IANA time zone; give one such as Asia/Tokyo") from error


def _database(url: str) -> str:
    try:
        kind = make_url(url).get_backend_name()
    except (ArgumentError, ValueError):
        kind = ""
    if kind not in {"sqlite", "postgresql"}:
        raise ValueError("must be a URL of SQLite or PostgreSQL, such as postgresql+psycopg://user@host/name")
    return url


def _lowered(text: object) -> object:
    return text.strip().lower() if isinstance(text, str) else text


DatabaseUrl: TypeAlias = Annotated[str, AfterValidator(_database)]


class ServiceSettings(BaseSettings):
    """The choices of one deployment, each from the variable ``LEADS_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", description="where to listen; beyond loopback only with keys")
    port: int = Field(default=8000, ge=0, le=65535, description="where to listen; 0 takes a free one")
    workers: int = Field(
        default=1, ge=1, le=64, description="processes that answer, each with one beside it that writes its history"
    )
    notice_seconds: float = Field(
        default=0.0, ge=0, description="how long to answer on after SIGTERM while /readyz says 503, for a load balancer"
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lowered)] = Field(
        default="info", description="what is logged: debug, info, warning or error"
    )
    time_zone: Annotated[str, AfterValidator(_zone)] = Field(default="UTC", description="of times without an offset")
    language: Annotated[Language, BeforeValidator(_lowered)] = Field(
        default="en", description="of answers, if not asked for"
    )

    database_url: DatabaseUrl = Field(
        default="sqlite:///.leads/history.db", repr=False, description="of the score history and the outcomes"
    )
    spool_folder: Path = Field(
        default=Path(".leads/spool"), description="where answers wait for the database, in a folder for each database"
    )
    spool_bytes: int = Field(
        default=256 * MEBIBYTE, ge=0, description="how much may wait there, of one process; 0 keeps all in memory"
    )
    history_capacity: int = Field(
        default=100_000, ge=1, description="answers that may wait in memory, where the disk takes none"
    )
    keys_file: Path = Field(default=Path(".leads/keys.jsonl"), description="the keys that callers hold, hashed")

    tracking_uri: str = Field(
        default="",
        validation_alias="MLFLOW_TRACKING_URI",
        repr=False,
        description="the model registry; the file .mlflow/tracking.db if not given",
    )
    model_cache: Path = Field(
        default=Path(".leads/models"), description="where the version that serves is kept, for when MLflow is away"
    )
    poll_seconds: float = Field(default=1.0, gt=0, description="how often to ask for a new champion and new keys")
    bant_file: Path | None = Field(default=None, description="the company's own gates")
    icp_file: Path | None = Field(default=None, description="the company's own points, used with the method rules")
    routes_file: Path | None = Field(default=None, description="the company's own recommendations")
    method: Annotated[Literal["model", "rules"], BeforeValidator(_lowered)] = Field(
        default="model", description="rules: points instead of a learned model, for companies with too few deals"
    )

    shadow: bool = Field(default=False, description="score with the challenger too; stored, never returned")

    max_body_bytes: int = Field(default=4 * MEBIBYTE, ge=1024, description="largest body of POST /score")
    max_batch_bytes: int = Field(default=10 * MEBIBYTE, ge=1024, description="largest body of POST /score/batch")
    max_batch_leads: int = Field(default=1_000, ge=1, description="leads in one batch")
    max_concurrent: int = Field(
        default=100, ge=1, description="requests that one process answers at once; others get 503 busy"
    )
    requests_per_minute: int = Field(
        default=0, ge=0, description="of one key, in each process; others get 429; 0 sets no limit"
    )
    body_seconds: float = Field(default=10.0, gt=0, description="how long a body may take to arrive; then 408")
    max_rows: int = Field(default=10_000, ge=1, description="activities of one lead, and rows of any other history")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        return is_loopback(self.host)


def read_settings() -> ServiceSettings:
    """Read the environment.

    Raises
    ------
    SettingsError
        With every variable that is wrong.
    """
    try:
        return ServiceSettings()
    except ValidationError as error:
        # Values are not repeated: a database URL may hold a password.
        told = [f"{_variable(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}" for fault in error.errors()]
        raise SettingsError("\n".join(told)) from None


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine's own."""
    name = host.strip("[]").lower()
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0])
    return name if name.isupper() else f"{PREFIX}{name.upper()}"
