from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.email_domain import domain_kind, kind_of_domain

KINDS = {"company", "free_mail", "disposable", "academic"}


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("gmail.com", "free_mail"),
        ("yahoo.com", "free_mail"),
        ("yahoo.co.jp", "free_mail"),
        ("yahoo.com.br", "free_mail"),
        ("hotmail.fr", "free_mail"),
        ("outlook.jp", "free_mail"),
        ("icloud.com", "free_mail"),
        ("proton.me", "free_mail"),
        ("gmx.net", "free_mail"),
        ("mail.ru", "free_mail"),
        ("qq.com", "free_mail"),
        ("163.com", "free_mail"),
        ("naver.com", "free_mail"),
        ("docomo.ne.jp", "free_mail"),
        ("ezweb.ne.jp", "free_mail"),
        ("au.com", "free_mail"),
        ("softbank.ne.jp", "free_mail"),
        ("nifty.com", "free_mail"),
        ("kba.biglobe.ne.jp", "free_mail"),
        ("galaxy.ocn.ne.jp", "free_mail"),
        ("mailinator.com", "disposable"),
        ("abc.mailinator.com", "disposable"),
        ("sute.jp", "disposable"),
        ("mit.edu", "academic"),
        ("cs.stanford.edu", "academic"),
        ("unimelb.edu.au", "academic"),
        ("ox.ac.uk", "academic"),
        ("g.ecc.u-tokyo.ac.jp", "academic"),
        ("acme.co.jp", "company"),
        ("acme.com.", "company"),
        ("gmail.acme.com", "company"),
        ("notgmail.com", "company"),
        ("yahoo-inc.com", "company"),
        ("outlook.studio", "company"),
        ("live.acme.com", "company"),
        ("ac.jp", "company"),
        ("fabric.ac", "company"),
        ("日本語.jp", "company"),
        ("localhost", None),
        ("acme..com", None),
    ],
)
def test_domain_has_its_kind(domain: str, kind: str | None) -> None:
    assert kind_of_domain(domain) == kind


@pytest.mark.parametrize(
    "address",
    [
        "a.b+c@gmail.com",
        " A.B@GMail.Com ",
        "ａｂ＠ｇｍａｉｌ．ｃｏｍ",
        "Ann B. <ab@gmail.com>",
        "鈴木 <suzuki@gmail.com>",
    ],
)
def test_address_is_read_in_any_case_width_and_dress(address: str) -> None:
    assert domain_kind(pd.Series([address])).tolist() == ["free_mail"]


@pytest.mark.parametrize(
    "text", ["", " ", "n/a", "gmail.com", "@gmail.com", "a@", "a@b", "a@b@gmail.com", "a@x.com;b@y.com"]
)
def test_text_that_is_no_address_is_missing(text: str) -> None:
    assert domain_kind(pd.Series([text])).isna().all()


@pytest.mark.parametrize(
    "blank",
    [
        pd.Series([np.nan, np.nan]),
        pd.Series([None, None], dtype=object),
        pd.Series([], dtype="str"),
        pd.Series([pd.NA], dtype="str"),
    ],
)
def test_blank_column_stays_missing(blank: pd.Series) -> None:
    kinds = domain_kind(blank)
    assert kinds.isna().all()
    assert kinds.dtype == "str"


@given(st.lists(st.one_of(st.none(), st.emails(), st.text(max_size=20)), max_size=20))
def test_nothing_of_an_address_but_its_kind_is_kept(addresses: list[str | None]) -> None:
    emails = pd.Series(addresses, index=[f"row {n}" for n in range(len(addresses))], dtype="str", name="email")
    kinds = domain_kind(emails)
    assert set(kinds.dropna()) <= KINDS
    assert kinds.index.equals(emails.index)
    assert kinds.name == "email"


@given(st.emails(), st.sampled_from([str.upper, str.lower, str.strip]))
def test_every_address_has_a_kind_whatever_its_case(address: str, dress: Callable[[str], str]) -> None:
    plain, dressed = domain_kind(pd.Series([address, dress(address)], dtype="str"))
    assert plain == dressed
    assert plain in KINDS
