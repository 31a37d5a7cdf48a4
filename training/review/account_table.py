"""Accounts of log-odds as tables whose rounded numbers still add up."""

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from features.arrays import FloatArray
from models.calibration import probability
from training.report.vocabulary import Vocabulary
from training.review.accounts import BASE
from training.review.frame_table import PLACES, frame_table
from training.review.shown import Shown

Pair: TypeAlias = Literal["days", "leads", "what_if"]

MOST_FEATURES: Final = 10
_SIDES: Final = ("then", "now")
_NO_MINUS: Final = 0.0
"""Added to what is rounded, it takes the sign off a zero."""
_NUMBERS: Final = ("contribution", "contribution_then", "contribution_now")


def account_rows(account: pd.DataFrame, words: Vocabulary, most: int = MOST_FEATURES) -> pd.DataFrame:
    """Cut an account to its largest rows, and round it.

    Parameters
    ----------
    account : pandas.DataFrame
        As ``accounts.account`` or ``accounts.two_accounts`` returns it.
    words : Vocabulary
        Of the review.
    most : int
        How many features are shown by name.

    Returns
    -------
    pandas.DataFrame
        The base, the largest features, one row for all others, and a row with the log-odds. Numbers have two decimals
        and add up to the last row as they are printed: the row of all others takes up what rounding moves, and the
        smallest feature where there are no others.
    """
    head, rest = account.iloc[: most + 1], account.iloc[most + 1 :]
    numbers = [name for name in _NUMBERS if name in account]
    shown = head.assign(**{name: head[name].round(PLACES) + _NO_MINUS for name in numbers})
    totals = {name: round(float(account[name].sum()), PLACES) + _NO_MINUS for name in numbers}
    others = {name: round(totals[name] - float(shown[name].sum()), PLACES) + _NO_MINUS for name in numbers}
    texts = {name: "" for name in ("value", "value_then", "value_now") if name in account}
    left = [{"wording": words("account.others", count=len(rest)), **texts, **others}]
    if rest.empty:
        left = []
        shown.loc[shown.index[-1], numbers] += pd.Series(others)
    total = {"wording": words("account.total"), **texts, **totals}
    rows = pd.concat([shown, pd.DataFrame([*left, total])], ignore_index=True)
    if "change" in rows:
        rows["change"] = (rows["contribution_now"] - rows["contribution_then"]).round(PLACES) + _NO_MINUS
    return rows.assign(is_total=rows.index == len(rows) - 1)


def account_table(account: pd.DataFrame, words: Vocabulary, most: int = MOST_FEATURES) -> Shown:
    """Return where the log-odds of a lead come from, as a table; takes what ``account_rows`` takes."""
    log_odds = account["contribution"].sum()
    shown = probability(np.asarray(log_odds))
    caption = words(
        "account.caption", log_odds=words.numerals.signed(log_odds, PLACES), probability=_percent(shown, words)
    )
    return frame_table(account_rows(account, words, most), words, caption, (words("account.note"),))


def change_table(account: pd.DataFrame, words: Vocabulary, pair: Pair = "days", most: int = MOST_FEATURES) -> Shown:
    """Return what makes two snapshots differ, as a table.

    Parameters
    ----------
    account, words, most
        As ``account_rows`` takes them.
    pair : {"days", "leads", "what_if"}
        What the two are: a lead on two days, two leads, or a lead as it is and as it might be.
    """
    heads = {f"{name}_{side}": words(f"{pair}.{name}_{side}") for name in ("value", "contribution") for side in _SIDES}
    rows = account_rows(account, words, most)
    return frame_table(rows, words, change_sentence(account, words, pair), (words("account.note"),), heads)


def change_sentence(account: pd.DataFrame, words: Vocabulary, pair: Pair = "days") -> str:
    """Say how far two probabilities are apart, and which feature does most of it."""
    then, now = (probability(np.asarray(account[f"contribution_{side}"].sum())) for side in _SIDES)
    if not account["change"].any():
        return words(f"{pair}.none", then=_percent(then, words))
    rows = account_rows(account, words)
    first, total = rows[rows["feature"] != BASE].iloc[0], rows.iloc[-1]
    return words(
        f"{pair}.sentence",
        then=_percent(then, words),
        now=_percent(now, words),
        change=words.numerals.signed(float(total["change"]), PLACES),
        first=first["wording"],
        value_then=first["value_then"],
        value_now=first["value_now"],
        most=words.numerals.signed(float(first["change"]), PLACES),
    )


def _percent(share: FloatArray, words: Vocabulary) -> str:
    return words.numerals.percent(float(share))
