import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from features.reading import read_tables

BLANK = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0"
TEXT = st.text(st.characters(blacklist_categories=["Cs", "Zs", "Zl", "Zp"], blacklist_characters=f"{BLANK}\0"))
TEXT_WITH_SPACES = st.one_of(
    TEXT,
    st.sampled_from(
        ["株式会社 山田", ' "quoted", with a comma ', "two\nlines", "two\r\nlines", "NaN", "null", "1e5", "¥"]
    ),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(TEXT_WITH_SPACES, TEXT_WITH_SPACES), min_size=1, max_size=8))
def test_custom_text_survives_writing_and_reading(rows: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        with (Path(folder) / "leads.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["lead_id", "created_at", "業種", "note", "end"])
            writer.writerows([f"L{number}", "2024-01-01", *row, "x"] for number, row in enumerate(rows))
        leads = read_tables(folder).leads
    assert list(zip(leads["業種"].fillna(""), leads["note"].fillna(""), strict=True)) == rows
    assert [str(dtype) for dtype in leads[["業種", "note"]].dtypes] == ["str", "str"]
