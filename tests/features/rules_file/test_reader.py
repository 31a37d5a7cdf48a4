"""Rules files: lines, encodings, suggestions."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.rules_file import RulesError, RulesReader, read_rules
from features.rules_file.lines import line_numbers


def reader_of(text: str | bytes, folder: Path) -> RulesReader:
    path = folder / "rules.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_rules(path)


@given(gaps=st.lists(st.sampled_from(["", "# a = 1", "   ", "# [b]"]), min_size=4, max_size=4))
def test_every_key_stands_on_its_line_whatever_stands_between(gaps: list[str]) -> None:
    statements = ["[a]", 'b = """\n[c]\n"""', "[[d.e]]", "f = [\n  1,\n  # two\n  2,\n]", "[[d.e]]", "f.g = 1"]
    text = ""
    starts = []
    for statement, gap in zip(statements, [*gaps, "", ""], strict=True):
        starts.append(text.count("\n") + 1)
        text += f"{statement}\n{gap}\n"
    lines = line_numbers(text)
    expected = (("a",), ("a", "b"), ("d", "e", 0), ("d", "e", 0, "f"), ("d", "e", 1), ("d", "e", 1, "f", "g"))
    assert [lines[path] for path in expected] == starts
    assert [lines["d", "e", 0, "f", place] for place in (0, 1)] == [starts[3] + 1, starts[3] + 3]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = [1\n", r"line 2: TOML is required \(Unclosed array\)"),
        ("業種 = 3", r'line 1: .*Put the key in quotes: "業種"'),
        ("a = “x”", r"line 1: .*half-width"),
        ("a = 1\na = 2", r"line 2: .*name every key once"),
        ("a = 1\nb = open", r"line 2: .*put text in quotes"),
        ("a = 1\nb = '予算'".encode("cp932"), r"line 2: text in UTF-8; found bytes of another encoding"),
    ],
)
def test_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        reader_of(text, tmp_path)


def test_file_that_is_not_there_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"No such file or directory at .*gone\.toml"):
        read_rules(tmp_path / "gone.toml")


def test_byte_order_mark_and_line_ends_of_windows_are_taken(tmp_path: Path) -> None:
    reader = reader_of("\ufeffa = 1\r\n[b]\r\nc = 'x'\r\n".encode(), tmp_path)
    assert reader.top.whole_number("a", least=0, most=2) == 1
    assert reader.top.section("b").text("c") == "x"
    reader.check()


def test_version_is_the_same_in_any_order_of_keys(tmp_path: Path) -> None:
    assert reader_of("a = 1\nb = 2", tmp_path).version == reader_of("# c\nb = 2\na = 1", tmp_path).version


def test_misspelt_key_is_told_once_and_not_as_missing_too(tmp_path: Path) -> None:
    reader = reader_of("pionts = 1", tmp_path)
    reader.top.number("points")
    with pytest.raises(RulesError, match=r"Did you mean 'points'\?") as error:
        reader.check()
    assert len(error.value.mistakes) == 1


def test_elements_of_a_list_are_told_each_on_its_line(tmp_path: Path) -> None:
    reader = reader_of('a = [\n  "will_by",\n  "can_buy",\n  "can_buy",\n]', tmp_path)
    reader.top.choices("a", ("will_buy", "can_buy"))
    with pytest.raises(RulesError, match=r"line 2: a\[1\]: .*Did you mean 'will_buy'\?") as error:
        reader.check()
    assert [mistake.line for mistake in error.value.mistakes] == [2, 4]
