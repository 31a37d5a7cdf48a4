"""The keys that callers hold: a file with one line a key, and no key in it.

A key is 256 bits of chance, so a plain SHA-256 of it cannot be turned back by guessing: slow, salted hashes are for
passwords that people choose, and would cost every request more than its answer.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from features.instant import iso
from serving.instant import read_instant

Scope: TypeAlias = Literal["score", "outcomes", "admin"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
_DIGEST_LENGTH: Final = 64
_UTC: Final = ZoneInfo("UTC")


class KeysError(ValueError):
    """The file of keys cannot be read or used."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A caller.

    Attributes
    ----------
    name : str
        Who holds it; stands in the log.
    scopes : frozenset of str
        What it opens: ``score``, ``outcomes``, or ``admin``, which opens everything.
    sha256 : str
        The digest of the key, in hexadecimal.
    created_ms : int or None
        When it was made; None where that was not kept.
    expires_ms : int or None
        From when on it opens nothing; None where it is good until it is revoked.
    """

    name: str
    scopes: frozenset[Scope]
    sha256: str
    created_ms: int | None = None
    expires_ms: int | None = None

    def opens(self, scope: Scope) -> bool:
        """Tell whether the key is good for a scope."""
        return scope in self.scopes or "admin" in self.scopes

    def is_good(self, now_ms: int) -> bool:
        """Tell whether the key has not expired."""
        return self.expires_ms is None or now_ms < self.expires_ms

    def to_line(self) -> str:
        """Return the line of the file."""
        times = {"created": self.created_ms, "expires": self.expires_ms}
        about = {"name": self.name, "scopes": sorted(self.scopes), "sha256": self.sha256}
        known = {name: iso(instant_ms) for name, instant_ms in times.items() if instant_ms is not None}
        return json.dumps(about | known, ensure_ascii=False)


def holder(keys: Iterable[ApiKey], presented: str, now_ms: int) -> ApiKey | None:
    """Return whose key was presented, None where it is nobody's or has expired; takes as long whichever key it is."""
    digest = digest_of(presented)
    found = None
    for key in keys:
        if hmac.compare_digest(key.sha256, digest):
            found = key
    return found if found is not None and found.is_good(now_ms) else None


def read_keys(file: Path) -> tuple[ApiKey, ...]:
    """Return the keys of a file; none where it does not exist.

    Raises
    ------
    KeysError
        Names the line that is no key.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise KeysError(f"{file} cannot be read: {type(error).__name__}; make it readable for the service") from None
    return tuple(_key(file, number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _key(file: Path, number: int, line: str) -> ApiKey:
    try:
        content: dict[str, Any] = json.loads(line)
        times = [_instant(content.get(name)) for name in ("created", "expires")]
        key = ApiKey(str(content["name"]), frozenset(content["scopes"]), str(content["sha256"]), *times)
    except (ValueError, KeyError, TypeError, AttributeError):
        key = None
    if key is None or not key.scopes <= frozenset(SCOPES) or len(key.sha256) != _DIGEST_LENGTH:
        raise KeysError(
            f"{file}, line {number}: needs name, scopes among {', '.join(SCOPES)}, and sha256, and may have created "
            "and expires; delete the line and make a new key with: python -m serving key --name NAME --scope SCOPE"
        )
    return key


def _instant(text: str | None) -> int | None:
    return None if text is None else read_instant(text, _UTC)


def digest_of(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
