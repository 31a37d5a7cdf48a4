"""What kind of mailbox an address belongs to; the address itself is never kept.

A company's address says that somebody asks on business; free mail, a throw-away mailbox or a campus say something else.
That is all a score needs of an address, so it is all that passes the door.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import pandas as pd

DomainKind: TypeAlias = Literal["company", "free_mail", "disposable", "academic"]

ADDRESS: Final = r"^[^@\s<>,;]+@([^@\s<>,;]+)$"
_IN_ANGLES: Final = r"^.*<([^<>]*)>$"
_COUNTRY_CODE_LENGTH: Final = 2


@dataclass(frozen=True, slots=True)
class _Mailboxes:
    """The domains of ``lexicon/mailboxes.toml``."""

    free_mail_brands: frozenset[str]
    free_mail: frozenset[str]
    free_mail_suffixes: frozenset[str]
    disposable: frozenset[str]


def domain_kind(emails: pd.Series) -> pd.Series:
    """Reduce email addresses to the kind of their domain.

    Parameters
    ----------
    emails : pandas.Series
        Addresses as text, in any case and width; ``Name <address>`` is understood too.

    Returns
    -------
    pandas.Series
        ``str``, same index and name: ``company``, ``free_mail``, ``disposable`` or ``academic``. Missing where the
        address is missing or is none (no ``@``, two of them, a domain without a dot). A campus that shows only by its
        name (``ethz.ch``) counts as a company.
    """
    text = emails.astype("str").str.normalize("NFKC").str.strip().str.replace(_IN_ANGLES, r"\1", regex=True)
    domains = text.str.strip().str.lower().str.extract(ADDRESS, expand=False)
    return domains.map({domain: kind_of_domain(domain) for domain in domains.dropna().unique()}).astype("str")


@lru_cache(maxsize=65_536)
def kind_of_domain(domain: str) -> DomainKind | None:
    """Return the kind of a domain in lower case, such as ``acme.co.jp``; None where it cannot be one."""
    labels = tuple(domain.rstrip(".").split("."))
    if len(labels) == 1 or not all(labels):
        return None
    if _is_under(labels, _mailboxes().disposable):
        return "disposable"
    if _is_free_mail(labels):
        return "free_mail"
    return "academic" if _is_academic(labels) else "company"


def _is_free_mail(labels: tuple[str, ...]) -> bool:
    known = _mailboxes()
    is_brand = labels[0] in known.free_mail_brands and _is_country(labels[1:])
    return is_brand or ".".join(labels) in known.free_mail or _is_under(labels, known.free_mail_suffixes)


def _is_under(labels: tuple[str, ...], suffixes: frozenset[str]) -> bool:
    """Tell whether the domain or one above it is listed: ``abc.mailinator.com`` is Mailinator's."""
    return any(".".join(labels[start:]) in suffixes for start in range(len(labels) - 1))


def _is_country(suffix: tuple[str, ...]) -> bool:
    """Tell whether a brand may end so: ``com``, ``de``, ``co.jp``, ``com.br``."""
    match suffix:
        case ("com" | "net",):
            return True
        case (country,) | ("co" | "com" | "ne", country):
            return len(country) == _COUNTRY_CODE_LENGTH
        case _:
            return False


def _is_academic(labels: tuple[str, ...]) -> bool:
    """Tell whether the domain is a campus: ``mit.edu``, ``unimelb.edu.au``, ``u-tokyo.ac.jp``."""
    *name, second, top = labels
    return top == "edu" or (bool(name) and len(top) == _COUNTRY_CODE_LENGTH and second in {"edu", "ac"})


@cache
def _mailboxes() -> _Mailboxes:
    lists = tomllib.loads((Path(__file__).parent / "lexicon" / "mailboxes.toml").read_text(encoding="utf-8"))
    return _Mailboxes(**{name: frozenset(domains) for name, domains in lists.items()})
