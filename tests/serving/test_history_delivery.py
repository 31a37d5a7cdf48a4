"""Lines of the spool go to the database, from this process and from another alike."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from serving.delivery_process import DeliveryProcess
from serving.history_delivery import Delivered, Deliverer, Delivery, DeliveryError
from serving.history_entry import HistoryEntry
from serving.history_store import HistoryStore
from serving.spool_line import encoded
from tests.serving.test_history_store import MS, entry

Made = Callable[[str], Deliverer]


@pytest.fixture(params=["here", "beside"])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    """Make what delivers to a database."""
    all_made: list[Deliverer] = []

    def make(url: str) -> Deliverer:
        is_here = request.param == "here"
        all_made.append(Delivery(HistoryStore(url)) if is_here else DeliveryProcess(url, "error"))
        return all_made[-1]

    yield make
    for one in all_made:
        one.close()


def given(count: int) -> list[HistoryEntry]:
    return [entry(scored_at_ms=MS + step) for step in range(count)]


def stored(url: str) -> list[HistoryEntry]:
    store = HistoryStore(url)
    try:
        return store.of_lead("L1", 10_000)[::-1]
    finally:
        store.close()


def test_answers_are_stored_as_they_were_and_none_twice(made: Made, history_url: str) -> None:
    delivery = made(history_url)
    answers = [*given(5), replace(entry(scored_at_ms=MS + 9), inputs=bytes(range(256)), horizon_days=90)]
    lines = [encoded(answer) for answer in answers]
    assert delivery.deliver(lines[:3]) == Delivered()
    assert delivery.deliver(()) == Delivered()
    assert delivery.deliver(lines) == Delivered()
    assert stored(history_url) == answers


def test_damaged_and_torn_lines_are_told_and_keep_no_other_out(made: Made, history_url: str) -> None:
    answers = given(4)
    lines = [encoded(answer) for answer in answers]
    lines[1] = lines[1].replace(b"discover", b"nurt\rre!")
    lines[3] = lines[3][:-9]
    delivery = made(history_url)
    assert delivery.deliver(lines) == Delivered(damaged=1, is_torn=True)
    assert delivery.deliver(lines[1:2]) == Delivered(damaged=1)
    assert stored(history_url) == [answers[0], answers[2]]


def test_answer_that_the_database_refuses_is_lost_alone(made: Made, history_url: str) -> None:
    answers = given(5)
    refused = replace(answers[3], lead_id=cast("str", None))
    lines = [encoded(answer) for answer in (*answers[:3], refused, answers[4])]
    assert made(history_url).deliver(lines) == Delivered(lost=1)
    assert stored(history_url) == [*answers[:3], answers[4]]


def test_database_that_is_away_is_told_and_taken_up_again(made: Made, tmp_path: Path) -> None:
    (tmp_path / "history").write_text("a file stands where the folder should")
    url, answers = f"sqlite:///{tmp_path}/history/history.db", given(3)
    delivery, lines = made(url), [encoded(answer) for answer in answers]
    for _ in range(2):
        with pytest.raises(DeliveryError, match="FileExistsError"):
            delivery.deliver(lines)
    with pytest.raises(DeliveryError, match="FileExistsError"):
        delivery.deliver(())
    (tmp_path / "history").unlink()
    assert delivery.deliver(lines) == Delivered()
    assert stored(url) == answers
