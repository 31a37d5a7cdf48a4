import pytest

from serving.settings import SettingsError, is_loopback, read_settings


def test_service_stays_on_this_machine_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEADS_HOST", raising=False)
    assert read_settings().is_loopback


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PORT": "9000",
        "SHADOW": "true",
        "TIME_ZONE": "Asia/Tokyo",
        "LANGUAGE": "JA",
        "MAX_ROWS": "",
        "X": "y",
    }.items():
        monkeypatch.setenv(f"LEADS_{name}", value)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://mlflow:5000")
    settings = read_settings()
    assert (settings.port, settings.time_zone, settings.language) == (9000, "Asia/Tokyo", "ja")
    assert settings.shadow
    assert (settings.max_rows, settings.tracking_uri) == (10_000, "http://mlflow:5000")


def test_every_wrong_variable_is_told_at_once_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADS_PORT", "secret-port")
    monkeypatch.setenv("LEADS_TIME_ZONE", "Asia/Tokio")
    with pytest.raises(SettingsError, match="LEADS_PORT") as told:
        read_settings()
    assert "LEADS_TIME_ZONE: is not an IANA time zone" in str(told.value)
    assert "secret-port" not in str(told.value)


def test_password_of_the_database_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADS_DATABASE_URL", "postgresql://ann:s3cret@db/leads")
    assert "s3cret" not in repr(read_settings())


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "LOCALHOST"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0." + "0", "::", "10.0.0.1", "example.com", "localhost.example.com", ""])
def test_everything_else_is_not(host: str) -> None:
    assert not is_loopback(host)
