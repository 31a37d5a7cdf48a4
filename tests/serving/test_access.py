import time
from collections.abc import Iterator

import pytest

from serving.app import NoKeysError, create_app
from serving.key_file import make_key, rotate_key
from serving.settings import ServiceSettings
from tests.serving.caller import Caller, calling

EVERYWHERE = "0.0.0." + "0"


@pytest.fixture
def keys(settings: ServiceSettings) -> dict[str, str]:
    return {
        scope: make_key(settings.keys_file, f"the {scope} one", [scope], 0) for scope in ("score", "outcomes", "admin")
    }


@pytest.fixture
def locked(settings: ServiceSettings, keys: dict[str, str]) -> Iterator[Caller]:
    assert keys
    with calling(create_app(settings.model_copy(update={"host": EVERYWHERE})), "http://scores.example.com") as made:
        yield made


def with_key(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_service_without_keys_refuses_to_listen_beyond_this_machine(settings: ServiceSettings) -> None:
    with pytest.raises(NoKeysError, match="python -m serving key"):
        create_app(settings.model_copy(update={"host": EVERYWHERE}))


@pytest.mark.parametrize(
    ("scope", "path", "status"),
    [
        ("score", "/model", 200),
        ("admin", "/model", 200),
        ("outcomes", "/model", 403),
        ("admin", "/metrics", 200),
        ("score", "/metrics", 403),
        ("score", "/leads/x/scores", 404),
    ],
)
def test_key_opens_what_its_scope_says(
    locked: Caller, keys: dict[str, str], scope: str, path: str, status: int
) -> None:
    answered = locked.get(path, headers=with_key(keys[scope]))
    assert answered.status_code == status
    assert (status == 403) == ('error="insufficient_scope"' in answered.headers.get("www-authenticate", ""))


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer leads_wrong", "Basic YTpi", "leads_wrong", "Bearer \xe9"]
)
def test_no_or_unknown_key_is_told_how_to_get_one(locked: Caller, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header.encode("latin-1")}
    for method, path in (("POST", "/score"), ("POST", "/score/batch"), ("GET", "/model"), ("GET", "/metrics")):
        answered = locked(method, path, headers=headers)
        assert answered.status_code == 401
        assert answered.headers["www-authenticate"].startswith("Bearer")
        assert "python -m serving key" in answered.json()["detail"]


def test_health_and_description_need_no_key(locked: Caller) -> None:
    assert [locked.get(path).status_code for path in ("/healthz", "/readyz", "/openapi.json")] == [200, 200, 200]


def test_key_is_needed_on_this_machine_too_once_there_is_one(settings: ServiceSettings, keys: dict[str, str]) -> None:
    with calling(create_app(settings)) as caller:
        assert caller.get("/model").status_code == 401
        assert caller.get("/model", headers=with_key(keys["score"])).status_code == 200


def test_service_without_keys_answers_under_its_own_names_only(caller: Caller) -> None:
    statuses = {
        host: caller.get("/model", headers={"host": host}).status_code
        for host in ("localhost:8000", "[::1]:8000", "127.0.0.1", "evil.example.com", "localhost.evil.com:8000")
    }
    assert list(statuses.values()) == [200, 200, 200, 403, 403]


def test_rotated_key_opens_until_it_expires_and_the_new_one_at_once(
    settings: ServiceSettings, keys: dict[str, str]
) -> None:
    with calling(create_app(settings)) as caller:

        def status(key: str) -> int:
            return caller.get("/model", headers=with_key(key)).status_code

        new = rotate_key(settings.keys_file, "the score one", time.time_ns() // 1_000_000, 3_000)
        until = time.monotonic() + 2
        while status(new) == 401 and time.monotonic() < until:
            time.sleep(0.05)
        assert (status(keys["score"]), status(new)) == (200, 200)
        until = time.monotonic() + 10
        while status(keys["score"]) == 200 and time.monotonic() < until:
            time.sleep(0.05)
        assert (status(keys["score"]), status(new)) == (401, 200)
