import stat
from pathlib import Path

import pytest

from serving.key_ring import KeyRing
from serving.keys import KeysError, holder, make_key, read_keys


def test_key_opens_its_scope_only_and_is_not_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "keys.jsonl"
    key = make_key(file, "crm", ["score"])
    found = holder(read_keys(file), key)
    assert found is not None
    assert (found.name, found.opens("score"), found.opens("outcomes"), found.opens("admin")) == (
        *("crm", True),
        *(False, False),
    )
    assert key not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_admin_opens_everything(tmp_path: Path) -> None:
    make_key(tmp_path / "keys", "ops", ["admin"])
    [key] = read_keys(tmp_path / "keys")
    assert key.opens("score")
    assert key.opens("outcomes")


def test_other_keys_are_nobodys(tmp_path: Path) -> None:
    key = make_key(tmp_path / "keys", "crm", ["score"])
    keys = read_keys(tmp_path / "keys")
    for presented in ("", key[:-1], key + "x", key.upper(), keys[0].sha256, "\udce9"):
        assert holder(keys, presented) is None


def test_name_is_given_once(tmp_path: Path) -> None:
    make_key(tmp_path / "keys", "crm", ["score"])
    with pytest.raises(KeysError, match="'crm' already"):
        make_key(tmp_path / "keys", "crm", ["admin"])


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"name": "crm"}',
        '{"name": "crm", "scopes": ["everything"], "sha256": "' + "0" * 64 + '"}',
        '{"name": "crm", "scopes": ["score"], "sha256": "short"}',
    ],
)
def test_damaged_line_is_named(line: str, tmp_path: Path) -> None:
    make_key(tmp_path / "keys", "crm", ["score"])
    with (tmp_path / "keys").open("a") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(KeysError, match="line 3"):
        read_keys(tmp_path / "keys")


def test_added_and_deleted_keys_count_without_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    ring = KeyRing(file)
    assert not ring
    key = make_key(file, "crm", ["score"])
    ring.refresh()
    assert ring.holder(key)
    file.write_text("")
    ring.refresh()
    assert ring.holder(key) is None


def test_damaged_file_leaves_known_keys_good(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    key = make_key(file, "crm", ["score"])
    ring = KeyRing(file)
    file.write_text("damaged")
    ring.refresh()
    assert ring.holder(key)
