import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from features.instant import MS_PER_DAY
from serving.key_file import make_key, revoke_keys, rotate_key
from serving.key_ring import KeyRing
from serving.keys import KeysError, holder, read_keys

NOW_MS = 1_795_300_000_000
WEEK_MS = 7 * MS_PER_DAY


def test_key_opens_its_scope_only_and_is_not_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "keys.jsonl"
    key = make_key(file, "crm", ["score"], NOW_MS)
    found = holder(read_keys(file), key, NOW_MS)
    assert found is not None
    assert (found.name, found.opens("score"), found.opens("outcomes"), found.opens("admin")) == (
        *("crm", True),
        *(False, False),
    )
    assert key not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_admin_opens_everything(tmp_path: Path) -> None:
    make_key(tmp_path / "keys", "ops", ["admin"], NOW_MS)
    [key] = read_keys(tmp_path / "keys")
    assert key.opens("score")
    assert key.opens("outcomes")


def test_other_keys_are_nobodys(tmp_path: Path) -> None:
    key = make_key(tmp_path / "keys", "crm", ["score"], NOW_MS)
    keys = read_keys(tmp_path / "keys")
    for presented in ("", key[:-1], key + "x", key.upper(), keys[0].sha256, "\udce9"):
        assert holder(keys, presented, NOW_MS) is None


def test_name_is_given_once(tmp_path: Path) -> None:
    make_key(tmp_path / "keys", "crm", ["score"], NOW_MS)
    with pytest.raises(KeysError, match="'crm' already"):
        make_key(tmp_path / "keys", "crm", ["admin"], NOW_MS)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"name": "crm"}',
        '{"name": "crm", "scopes": ["everything"], "sha256": "' + "0" * 64 + '"}',
        '{"name": "crm", "scopes": ["score"], "sha256": "short"}',
        '{"name": "crm", "scopes": ["score"], "sha256": "' + "0" * 64 + '", "expires": "soon"}',
        '{"name": "crm", "scopes": ["score"], "sha256": "' + "0" * 64 + '", "expires": 7}',
    ],
)
def test_damaged_line_is_named(line: str, tmp_path: Path) -> None:
    make_key(tmp_path / "keys", "crm", ["score"], NOW_MS)
    with (tmp_path / "keys").open("a") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(KeysError, match="line 3"):
        read_keys(tmp_path / "keys")


def is_good(file: Path, key: str, now_ms: int) -> bool:
    return holder(read_keys(file), key, now_ms) is not None


def test_both_keys_are_good_until_the_old_one_expires(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    other = make_key(file, "web", ["admin"], NOW_MS)
    old = make_key(file, "crm", ["score", "outcomes"], NOW_MS)
    new = rotate_key(file, "crm", NOW_MS, WEEK_MS)
    for after_ms, old_is_good in ((0, True), (WEEK_MS - 1, True), (WEEK_MS, False), (100 * WEEK_MS, False)):
        good = [is_good(file, key, NOW_MS + after_ms) for key in (old, new, other)]
        assert good == [old_is_good, True, True]
    found = holder(read_keys(file), new, NOW_MS)
    assert found is not None
    assert (found.name, found.opens("outcomes"), found.opens("admin")) == ("crm", True, False)
    assert (found.created_ms, found.expires_ms) == (NOW_MS, None)


def test_old_key_can_be_ended_at_once(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    old = make_key(file, "crm", ["score"], NOW_MS)
    new = rotate_key(file, "crm", NOW_MS + 5, 0, ["outcomes"])
    assert [is_good(file, key, NOW_MS + 5) for key in (old, new)] == [False, True]
    assert [sorted(key.scopes) for key in read_keys(file)] == [["score"], ["outcomes"]]


def test_rotating_again_prolongs_nothing_and_removes_what_has_expired(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    first = make_key(file, "crm", ["score"], NOW_MS)
    second = rotate_key(file, "crm", NOW_MS, WEEK_MS)
    third = rotate_key(file, "crm", NOW_MS + WEEK_MS - 1, WEEK_MS)
    assert is_good(file, first, NOW_MS + WEEK_MS - 1)
    assert not is_good(file, first, NOW_MS + WEEK_MS)
    assert is_good(file, second, NOW_MS + 2 * WEEK_MS - 2)
    fourth = rotate_key(file, "crm", NOW_MS + WEEK_MS, WEEK_MS)
    assert len(read_keys(file)) == 3
    assert [is_good(file, key, NOW_MS + WEEK_MS) for key in (first, second, third, fourth)] == [False, True, True, True]


def test_revoked_keys_are_nobodys_and_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    keys = [make_key(file, "crm", ["score"], NOW_MS), rotate_key(file, "crm", NOW_MS, WEEK_MS)]
    other = make_key(file, "web", ["score"], NOW_MS)
    assert revoke_keys(file, "crm") == 1
    assert [is_good(file, key, NOW_MS) for key in (*keys, other)] == [False, False, True]
    for missing, told in (("crm", "there are web"), ("wweb", "did you mean web")):
        with pytest.raises(KeysError, match=told):
            revoke_keys(file, missing)
        with pytest.raises(KeysError, match=told):
            rotate_key(file, missing, NOW_MS, WEEK_MS)


def test_file_is_replaced_whole_and_read_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    make_key(file, "crm", ["score"], NOW_MS)
    held = file.open()
    rotate_key(file, "crm", NOW_MS, WEEK_MS)
    assert len(held.read().splitlines()) == 1, "who reads meanwhile reads the one or the other"
    held.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_damaged_file_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("damaged\n")
    for change in (
        lambda: make_key(file, "crm", ["score"], NOW_MS),
        lambda: rotate_key(file, "crm", NOW_MS, WEEK_MS),
        lambda: revoke_keys(file, "crm"),
    ):
        with pytest.raises(KeysError, match="line 1"):
            change()
    assert file.read_text() == "damaged\n"


def test_commands_at_once_all_keep_their_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    make_key(file, "crm", ["score"], NOW_MS)
    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(make_key, file, f"caller {number}", ["score"], NOW_MS) for number in range(20)]
        rotated = [pool.submit(rotate_key, file, "crm", NOW_MS, WEEK_MS) for _ in range(5)]
    keys = [one.result() for one in (*made, *rotated)]
    assert all(is_good(file, key, NOW_MS) for key in keys)
    assert len(read_keys(file)) == 26


def test_keys_of_an_older_version_are_good(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    key = make_key(file, "crm", ["score"], NOW_MS)
    content = json.loads(file.read_text())
    del content["created"]
    file.write_text(json.dumps(content))
    assert is_good(file, key, NOW_MS)
    assert read_keys(file)[0].created_ms is None


def test_added_and_deleted_keys_count_without_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    ring = KeyRing(file)
    assert not ring
    key = make_key(file, "crm", ["score"], NOW_MS)
    ring.refresh()
    assert ring.holder(key, NOW_MS)
    file.write_text("")
    ring.refresh()
    assert ring.holder(key, NOW_MS) is None


def test_damaged_file_leaves_known_keys_good(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    key = make_key(file, "crm", ["score"], NOW_MS)
    ring = KeyRing(file)
    file.write_text("damaged")
    ring.refresh()
    assert ring.holder(key, NOW_MS)
