"""Whatever stands in a file of rules, it is taken whole or refused with the lines to mend."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import features.importing
import models.bant
import models.icp
import models.recommendation
from features.importing import SHIPPED_MAPPINGS, load_mapping
from features.rules_file import RulesError
from models.bant import GateRules
from models.icp import IcpRules
from models.recommendation import Routes
from tests.fuzz.damage import Damage, damages
from tests.fuzz.examples import fuzzed
from training.audit.overrides import Overrides

OVERRIDES = """[[keep]]
name = "leads.seats"
reason = "known at the time"

[[drop]]
name = "activities.contract_review"
reason = "entered after the end"
"""
SUBJECTS = ("leads.seats", "leads.colour", "activities.contract_review")
TOKENS = (b"\xef\xbb\xbf", b"\0", b"\r", b"\xff", b'"', b"'''", b'"""', b"\xe3\x80\x80", b"\xe2\x80\xa8", b"\n[a.b]\n")
VALUES = (
    *("1", "-1", "0", "1e400", "nan", "-inf", "9" * 30, "9" * 400, "9" * 5_000, "0x1F", "true", '""', '"x"', '"*"'),
    *('"["', '"**[!"', '"(((a+)+)+)$"', '"\\u0000"', '"' + "x" * 20_000 + '"', "[]", "{}", "[[]]", '[1, "a"]', '[""]'),
    *("{a = 1}", '{"" = {}}', "2024-01-01", "2024-01-01T00:00:00Z", "00:00:00", '["a", "a"]', '["leads", "deals"]'),
    *("[" * 30 + "]" * 30, "[" * 3_000 + "]" * 3_000, "{a=" * 400 + "1" + "}" * 400, "'''\n\n'''"),
)
KEYS = ("extra", '""', "a.b.c", '"a.b"', '"あ"', "won", "points", "name", "a" + ".a" * 900)


def shipped(package: Any, name: str) -> str:
    return (Path(package.__file__).parent / name).read_text(encoding="utf-8")


def overrides_of(path: Path) -> object:
    return Overrides(path).of(SUBJECTS)


def mapping_of(path: Path) -> object:
    return load_mapping(str(path))


FILES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "bant": (shipped(models.bant, "bant.toml"), GateRules.load),
    "icp": (shipped(models.icp, "icp.toml"), IcpRules.load),
    "routes": (shipped(models.recommendation, "routes.toml"), Routes.load),
    "audit": (OVERRIDES, overrides_of),
    **{name: (shipped(features.importing, f"mappings/{name}.toml"), mapping_of) for name in SHIPPED_MAPPINGS},
}


def rewritings() -> SearchStrategy[Callable[[str], str]]:
    """Return one to three lines with another value, under another key, repeated, or taken away."""
    one = st.tuples(st.integers(0, 1 << 16), st.sampled_from(VALUES), st.sampled_from([None, *KEYS]))
    several = st.lists(one | st.tuples(st.integers(0, 1 << 16), st.none(), st.booleans()), min_size=1, max_size=3)
    return several.map(lambda changes: lambda text: _rewritten(text, changes))


def _rewritten(text: str, changes: list[Any]) -> str:
    lines = text.split("\n")
    for place, value, how in changes:
        at = place % len(lines)
        if value is None:
            lines[at : at + 1] = [lines[at]] * 2 if how else []
            continue
        settings = [number for number, line in enumerate(lines) if "=" in line]
        if settings:
            at = settings[place % len(settings)]
            lines[at] = f"{lines[at].partition('=')[0].rstrip() if how is None else how} = {value}"
        lines = lines or [""]
    return "\n".join(lines)


def check(name: str, content: bytes) -> None:
    """Load a file; it must give rules, or tell every mistake with a line that it has."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_bytes(content)
        try:
            FILES[name][1](path)
        except RulesError as error:
            check_mistakes(error, content.count(b"\n") + 1)


def check_mistakes(error: RulesError, lines: int) -> None:
    assert error.mistakes
    for mistake in error.mistakes:
        assert 1 <= mistake.line <= lines
        assert f", line {mistake.line}: " in str(error)
        assert mistake.rule
        assert mistake.found


@pytest.mark.parametrize("name", FILES)
def test_whole_file_is_taken(name: str, tmp_path: Path) -> None:
    text, load = FILES[name]
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path / "own.toml")


@fuzzed(250)
@given(name=st.sampled_from(sorted(FILES)), rewriting=rewritings())
def test_file_that_says_something_else_is_taken_or_told_line_by_line(
    name: str, rewriting: Callable[[str], str]
) -> None:
    check(name, rewriting(FILES[name][0]).encode())


@fuzzed(150)
@given(name=st.sampled_from(sorted(FILES)), damage=damages(TOKENS))
def test_damaged_file_is_taken_or_told_line_by_line(name: str, damage: Damage) -> None:
    check(name, damage(FILES[name][0].encode()))


@pytest.mark.parametrize("value", ["[" * 5_000, "{a=" * 5_000, "[" * 25 + "]" * 25, "9" * 5_000])
@pytest.mark.parametrize("name", FILES)
def test_more_than_can_be_read_is_told_with_its_line(name: str, value: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"# one\nmore = {value}\n\n{FILES[name][0]}", encoding="utf-8")
    with pytest.raises(RulesError, match=r"own\.toml, line 2: "):
        FILES[name][1](path)


@pytest.mark.parametrize("way", ["", "..", "gone.toml", "folder.toml", "x" * 5_000, "loop.toml", "pipe.toml/x"])
def test_way_to_no_file_is_told(way: str, tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    with pytest.raises(RulesError, match=r"line 1: a readable file"):
        GateRules.load(tmp_path / way)
