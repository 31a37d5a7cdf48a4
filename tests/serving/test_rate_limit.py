import pytest

from serving.rate_limit import RateLimit


def admitted(limit: RateLimit, caller: str, tries: int, now_seconds: float) -> int:
    return sum(limit.wait_seconds(caller, now_seconds) == 0 for _ in range(tries))


def test_caller_may_send_a_minutes_requests_at_once_and_no_more() -> None:
    limit = RateLimit(60)
    assert admitted(limit, "crm", 100, 5.0) == 60
    assert limit.wait_seconds("crm", 5.0) == pytest.approx(1.0)
    assert limit.wait_seconds("crm", 5.75) == pytest.approx(0.25)


def test_who_waits_as_long_as_told_is_admitted() -> None:
    limit = RateLimit(7)
    now_seconds = 1e6
    assert admitted(limit, "crm", 7, now_seconds) == 7
    for _ in range(50):
        now_seconds += limit.wait_seconds("crm", now_seconds) + 1e-6
        assert limit.wait_seconds("crm", now_seconds) == 0


def test_requests_that_were_refused_do_not_put_off_the_next() -> None:
    limit = RateLimit(60)
    assert admitted(limit, "crm", 1_000, 0.0) == 60
    assert sum(admitted(limit, "crm", 10, 0.0 + step / 10) for step in range(1, 101)) == 10


def test_callers_do_not_share_and_do_not_save_up() -> None:
    limit = RateLimit(10)
    assert admitted(limit, "crm", 20, 0.0) == 10
    assert admitted(limit, "web", 20, 0.0) == 10
    assert admitted(limit, "crm", 100, 3600.0) == 10


def test_no_limit_is_none() -> None:
    assert admitted(RateLimit(0), "crm", 1_000, 0.0) == 1_000
