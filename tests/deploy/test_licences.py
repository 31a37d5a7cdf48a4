import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.deploy.licences import LOCK, WEAK, Licensed, as_markdown, packages

LIST = LOCK.parent / "deploy" / "LICENCES.md"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the list is of the packages that Linux needs")


@on_linux
def test_list_is_what_the_lock_file_and_the_packages_say() -> None:
    assert LIST.read_text(encoding="utf-8") == as_markdown(packages()), "run `make licences`"


def test_packages_are_installed_as_they_are_locked() -> None:
    assert {one.name: one.version for one in packages()} == {one.name: version(one.name) for one in packages()}


def test_every_licence_is_permissive_or_may_be_used_for_a_reason() -> None:
    assert [one for one in packages() if not one.is_allowed] == []
    assert all(any(licence in one.licence for one in packages()) for licence in WEAK)


@pytest.mark.parametrize(
    "licence", ["MIT", "MIT AND Zlib", "GPL-2.0-only OR MIT", "MPL-2.0", "MIT AND (BSD OR GPL-3.0-only)", "(MIT)"]
)
def test_licence_of_which_one_choice_is_known_is_allowed(licence: str) -> None:
    assert Licensed("some", "1", licence).is_allowed


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "MIT AND AGPL-3.0-only",
        "MIT AND (AGPL-3.0-only OR GPL-3.0-only)",
        "not told",
        "MIT AND (BSD",
        "",
    ],
)
def test_licence_that_is_not_known_is_refused(licence: str) -> None:
    assert not Licensed("some", "1", licence).is_allowed


def test_hashes_and_packages_of_other_systems_are_left_out(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text('click==1 \\\n    --hash=sha256:0\ncolorama==2 ; sys_platform == "win32" \\\n    --hash=sha256:1\n')
    assert [(one.name, one.version) for one in packages(lock)] == [("click", "1")]
