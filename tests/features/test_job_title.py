import string
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import features
from features.job_title import department, department_of, seniority, seniority_of

RANKS = {"owner", "executive", "partner", "vp", "director", "manager", "senior", "employee", "entry", None}
TITLES = [
    # ranks in English
    ("CEO", "executive", "management"),
    ("C.E.O.", "executive", "management"),
    ("ＣＥＯ", "executive", "management"),
    ("President", "executive", "management"),
    ("Managing Director", "executive", "management"),
    ("Chief Human Resources Officer", "executive", "hr"),
    ("Chief Information Security Officer", "executive", "it"),
    ("Member of the Board", "executive", None),
    ("Founder & CEO", "owner", "management"),
    ("Co-Founder / CTO", "owner", "engineering"),
    ("Vice President", "vp", "management"),
    ("Vice-President, Sales", "vp", "sales"),
    ("Senior Vice President of Marketing", "vp", "marketing"),
    ("V.P. Engineering", "vp", "engineering"),
    ("Assistant Vice President", "director", "management"),
    ("Director of Operations", "director", "operations"),
    ("Head of IT", "director", "it"),
    ("General Manager", "director", None),
    ("Deputy Director", "manager", None),
    ("IT Manager", "manager", "it"),
    ("Sr. Manager, Procurement", "manager", "purchasing"),
    ("Assistant Regional Sales Manager", "senior", "sales"),
    ("Senior Software Engineer", "senior", "engineering"),
    ("Chief Engineer", "senior", "engineering"),
    ("Team Lead", "senior", None),
    ("Accountant", "employee", "finance"),
    ("Consultant", "employee", None),
    ("Managing Partner", "partner", None),
    ("Partner at Acme", "partner", None),
    ("Student", "entry", None),
    ("Trainee Manager", "entry", None),
    ("Junior Developer", "entry", "engineering"),
    # traps in English
    ("Assistant to the CEO", "employee", None),
    ("Director's Assistant", "employee", None),
    ("PA to Managing Director", "employee", None),
    ("Executive Assistant", "employee", "general_affairs"),
    ("Chief of Staff to the CEO", "director", None),
    ("President's Office Manager", "manager", "general_affairs"),
    ("Account Executive", "employee", "sales"),
    ("Business Development Executive", "employee", "sales"),
    ("Executive Director", "executive", None),
    ("Product Owner", "senior", "product"),
    ("Product Manager", "senior", "product"),
    ("HR Business Partner", "employee", "hr"),
    ("Partner Development Manager", "manager", None),
    ("Capital Markets Analyst", "employee", None),
    ("Internal Auditor", "employee", "finance"),
    ("Lead Generation Specialist", "employee", "marketing"),
    ("Director of Student Affairs", "director", None),
    ("IT Sales Manager", "manager", "sales"),
    ("Sales Engineer", "employee", "sales"),
    ("Sales and Marketing Director", "director", "sales"),
    ("R&D Manager", "manager", "r_and_d"),
    ("Director, Research and Development", "director", "r_and_d"),
    ("Accounts Payable", "employee", "finance"),
    # ranks in Japanese
    ("代表取締役社長", "executive", "management"),
    ("代表取締役", "executive", "management"),
    ("取締役 管理本部長", "executive", "general_affairs"),
    ("執行役員", "vp", None),
    ("執行役員 営業本部長", "vp", "sales"),
    ("常務執行役員", "vp", None),
    ("専務取締役", "executive", "management"),
    ("本部長", "director", None),
    ("事業部長", "director", None),
    ("情報システム部長", "director", "it"),
    ("経営企画部 次長", "manager", "management"),
    ("総務課長", "manager", "general_affairs"),
    ("人事課 係長", "senior", "hr"),
    ("研究開発部 主任", "senior", "r_and_d"),
    ("購買担当", "employee", "purchasing"),
    ("資材調達部", "employee", "purchasing"),
    ("法務部 担当", "employee", "legal"),
    ("製造部 部長", "director", "manufacturing"),
    ("品質管理課長", "manager", "quality"),
    ("工場長", "director", "manufacturing"),
    ("マーケティング部", "employee", "marketing"),
    ("ﾏｰｹﾃｨﾝｸﾞﾏﾈｰｼﾞｬｰ", "manager", "marketing"),
    ("一般社員", "employee", None),
    ("個人事業主", "owner", None),
    ("インターン", "entry", None),
    # traps in Japanese
    ("副社長", "vp", "management"),
    ("取締役副社長", "executive", "management"),
    ("社長室", "employee", "management"),
    ("社長室長", "manager", "management"),
    ("社長秘書", "employee", "general_affairs"),
    ("部長代理", "manager", None),
    ("部長補佐", "manager", None),
    ("副部長", "manager", None),
    ("課長補佐", "senior", None),
    ("部長付", None, None),
    ("部　長", "director", None),
    ("経営企画部 長期計画担当", "employee", "management"),
    ("経理事務", "employee", "finance"),
    ("取締役会事務局", "employee", "management"),
    ("法人事業部", None, None),
    ("自営業", "owner", None),
    ("プロジェクトマネジャー", "senior", None),
    ("パートナー", "partner", None),
    ("パートナー営業部", "employee", "sales"),
    ("パート", "entry", None),
    ("生産管理部", "employee", "manufacturing"),
    ("物流管理部長", "director", "operations"),
    ("システム営業", "employee", "sales"),
    ("ＩＴ推進課長", "manager", "it"),
    ("社長兼CEO", "executive", "management"),
    # nothing said
    ("", None, None),
    ("　", None, None),
    ("n/a", None, None),
    ("-", None, None),
    ("なし", None, None),
]


@pytest.mark.parametrize(("title", "rank"), [(title, rank) for title, rank, _ in TITLES])
def test_title_has_its_rank(title: str, rank: str | None) -> None:
    assert seniority_of(title) == rank


@pytest.mark.parametrize(("title", "name"), [(title, name) for title, _, name in TITLES])
def test_title_has_its_department(title: str, name: str | None) -> None:
    assert department_of(title) == name


def test_column_is_read_as_its_titles_are_and_keeps_its_index() -> None:
    titles = pd.Series([title for title, _, _ in TITLES] * 2, dtype="str", name="job_title")[::-1]
    ranks, names = seniority(titles), department(titles)
    assert ranks.index.equals(titles.index)
    assert names.index.equals(titles.index)
    assert ranks.astype(object).where(ranks.notna(), None).tolist() == [seniority_of(title) for title in titles]
    assert names.astype(object).where(names.notna(), None).tolist() == [department_of(title) for title in titles]


def test_no_phrase_of_the_lexicon_has_two_meanings() -> None:
    lists = tomllib.loads((Path(features.__file__).parent / "lexicon" / "job_titles.toml").read_text(encoding="utf-8"))
    for tables in (("seniority", "beginner"), ("department",), ("department_otherwise",)):
        phrases = Counter(phrase for table in tables for listed in lists[table].values() for phrase in listed)
        assert [phrase for phrase, times in phrases.items() if times > 1] == []


@pytest.mark.parametrize("blank", [pd.Series([np.nan], dtype="str"), pd.Series([], dtype="str")])
def test_missing_title_stays_missing(blank: pd.Series) -> None:
    for read in (seniority(blank), department(blank)):
        assert read.isna().all()
        assert read.dtype == "str"


@given(st.sampled_from([title for title, _, _ in TITLES if title.isascii()]))
def test_case_and_width_of_a_title_change_nothing(title: str) -> None:
    wide = title.translate({ord(letter): ord(letter) + 0xFEE0 for letter in string.ascii_letters})
    for dressed in (title.upper(), title.lower(), f"  {title} ", wide):
        assert (seniority_of(dressed), department_of(dressed)) == (seniority_of(title), department_of(title))


@given(st.text(max_size=60))
def test_any_text_is_read_and_a_rank_is_one_of_the_declared(title: str) -> None:
    assert seniority_of(title) in RANKS
    assert department_of(title) != ""
