"""Names of places, without what must not be told: credentials and the folders above."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote

MASK: Final = "***"
_CREDENTIALS: Final = re.compile(r"^(?P<user>[^:/@]*)(?::(?P<password>.*))?@")
_SECRET_KEY: Final = re.compile(r"pass|pwd|token|secret|key|sig|auth|credential", re.IGNORECASE)


def without_credentials(uri: str) -> str:
    """Return a URI as it may be shown: no user, no password, no query.

    Examples
    --------
    >>> without_credentials("postgresql://ann:s3cret@db.example.com/crm?sslmode=require")
    'postgresql://db.example.com/crm'
    """
    scheme, separator, rest = uri.partition("://")
    if not separator:
        return uri
    place = _CREDENTIALS.sub("", rest)
    return f"{scheme}://{re.split('[?#]', place)[0]}"


def mask_secrets(text: str, uri: str) -> str:
    """Return a text, such as the error message of a library, without the secrets of a URI that it may repeat."""
    for secret in sorted(_secrets(uri), key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def _secrets(uri: str) -> set[str]:
    rest = uri.partition("://")[2]
    credentials = _CREDENTIALS.match(rest)
    spelled = {credentials[0].rstrip("@"), credentials["password"] or credentials["user"]} if credentials else set()
    query = rest.rpartition("?")[2]
    spelled |= {value for key, value in parse_qsl(query) if _SECRET_KEY.search(key)}
    return {form for secret in spelled for form in (secret, unquote(secret)) if form}


def source_name(source: str) -> str:
    """Return the name by which a data source is recorded.

    A file or folder is known by its last part, a database by its kind, host and name: neither says who connects, nor
    where on a machine a person keeps files.

    Examples
    --------
    >>> source_name("/home/ann/exports/2026-03")
    '2026-03'
    >>> source_name("postgresql+psycopg://ann:s3cret@db.example.com:5432/crm")
    'postgresql://db.example.com:5432/crm'
    >>> source_name("sqlite:////home/ann/crm.db")
    'sqlite://crm.db'
    """
    scheme, separator, _ = source.partition("://")
    if not separator:
        return Path(source).resolve().name
    place = without_credentials(source).partition("://")[2]
    host, _, path = place.partition("/")
    named = f"{host}/{path}" if host else path.rpartition("/")[2]
    return f"{scheme.partition('+')[0]}://{named}"
