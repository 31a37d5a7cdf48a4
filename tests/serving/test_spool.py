import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from serving.history_entry import SHADOW, HistoryEntry
from serving.spool import Spool, SpoolFullError
from serving.spool_line import DamagedLineError, decoded, encoded
from serving.spool_segment import SpoolSegment
from tests.serving.test_history_store import MS, entry

MANY = 1_000_000_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "new" / "spool"


@pytest.fixture
def spool(root: Path) -> Iterator[Spool]:
    made = Spool(root, MANY)
    yield made
    made.close()


def put(spool: Spool, *entries: HistoryEntry) -> None:
    for one in entries:
        spool.append(encoded(one))


def taken(spool: Spool) -> list[HistoryEntry]:
    """Deliver everything, as the writer does."""
    entries: list[HistoryEntry] = []
    spool.seal()
    while (segment := spool.oldest()) is not None:
        entries += [decoded(line) for lines in segment.groups(7) for line in lines]
        spool.remove_oldest()
    return entries


def one_segment(root: Path) -> SpoolSegment:
    [path] = root.rglob("*.spool")
    return SpoolSegment.found(path)


@pytest.mark.parametrize(
    "one",
    [
        entry(),
        entry('佐藤 🎌 "quoted" \\n\u2028', probability=1 / 3),
        replace(entry(probability=None), role=SHADOW, horizon_days=90, inputs=bytes(range(256))),
        replace(entry(), inputs=b""),
    ],
)
def test_answer_comes_back_as_it_was(one: HistoryEntry) -> None:
    line = encoded(one)
    assert line.count(b"\n") == 1
    assert decoded(line) == one


def test_line_with_any_byte_altered_or_missing_is_known_as_damaged() -> None:
    line = encoded(entry())
    for place in range(len(line)):
        altered = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]
        for damaged in (altered, line[:place]):
            with pytest.raises(DamagedLineError):
                decoded(damaged)


def test_answers_wait_in_order_where_nobody_else_reads(spool: Spool, root: Path) -> None:
    entries = [entry(scored_at_ms=MS + step) for step in range(100)]
    put(spool, *entries)
    assert len(spool) == 100
    segment = one_segment(root)
    assert spool.size_bytes == segment.size_bytes == segment.path.stat().st_size
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (root, segment.path.parent, segment.path)]
    assert modes == [0o700, 0o700, 0o600]
    assert taken(spool) == entries
    assert (len(spool), spool.size_bytes) == (0, 0)


def test_nothing_is_left_of_a_spool_that_was_delivered(spool: Spool, root: Path) -> None:
    put(spool, entry())
    assert taken(spool)
    spool.close()
    assert list(root.iterdir()) == []


def test_full_spool_takes_no_more_until_some_is_delivered(root: Path) -> None:
    line = encoded(entry())
    spool = Spool(root, 3 * len(line) + 10)
    put(spool, *[entry()] * 3)
    with pytest.raises(SpoolFullError):
        spool.append(line)
    assert len(taken(spool)) == 3
    put(spool, entry())
    assert len(taken(spool)) == 1
    spool.close()


def test_segments_rotate_and_each_is_removed_once_delivered(spool: Spool, root: Path) -> None:
    big = replace(entry(), inputs=bytes(600_000))
    put(spool, *[big] * 13)
    assert len(list(root.rglob("*.spool"))) == 3
    segment = spool.oldest()
    assert segment is not None
    assert segment.size_bytes < 6_000_000
    spool.remove_oldest()
    assert len(list(root.rglob("*.spool"))) == 2
    assert len(taken(spool)) == 13 - segment.waiting


def test_what_a_process_left_is_taken_over_once_it_is_gone(spool: Spool, root: Path) -> None:
    gone, entries = Spool(root, MANY), [entry(scored_at_ms=MS + step) for step in range(5)]
    put(gone, *entries)
    spool.adopt()
    assert taken(spool) == [], "it still lives"
    gone.close()
    put(spool, entry("L2"))
    spool.adopt()
    assert len(spool) == 6
    assert [one.lead_id for one in taken(spool)] == [*["L1"] * 5, "L2"]
    spool.close()
    assert list(root.iterdir()) == []


def test_only_one_process_takes_over(root: Path) -> None:
    gone = Spool(root, MANY)
    put(gone, entry())
    gone.close()
    heirs = [Spool(root, MANY) for _ in range(3)]
    for heir in heirs:
        heir.adopt()
    assert sorted(len(heir) for heir in heirs) == [0, 0, 1]
    for heir in heirs:
        heir.close()


def test_what_was_taken_over_counts_towards_the_bound(root: Path) -> None:
    line = encoded(entry())
    gone = Spool(root, MANY)
    put(gone, *[entry()] * 3)
    gone.close()
    heir = Spool(root, 3 * len(line) + 10)
    heir.adopt()
    with pytest.raises(SpoolFullError):
        heir.append(line)
    heir.close()


def test_lines_of_a_group_that_was_not_delivered_come_again(spool: Spool, root: Path) -> None:
    lines = [encoded(entry(scored_at_ms=MS + step)) for step in range(10)]
    for line in lines:
        spool.append(line)
    segment = one_segment(root)
    groups = segment.groups(4)
    assert [next(groups), next(groups)] == [lines[:4], lines[4:8]]
    assert segment.waiting == 6
    assert list(segment.groups(4)) == [lines[4:8], lines[8:]]
    assert (segment.waiting, list(segment.groups(4))) == (0, [])


def test_disk_that_takes_no_more_is_told_and_taken_up_again(root: Path) -> None:
    spool = Spool(root, MANY)
    root.parent.mkdir()
    root.write_text("a file stands where the folder should")
    with pytest.raises(OSError, match="exists"):
        spool.append(encoded(entry()))
    root.unlink()
    put(spool, entry())
    assert len(taken(spool)) == 1
    spool.close()


def test_spool_whose_folder_was_removed_begins_anew(spool: Spool, root: Path) -> None:
    put(spool, entry())
    assert len(taken(spool)) == 1
    [folder] = root.iterdir()
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        spool.append(encoded(entry()))
    put(spool, entry("L2"))
    assert [one.lead_id for one in taken(spool)] == ["L2"]
