"""The keys that callers hold: a file with one line a key, and no key in it.

A key is 256 bits of chance, so a plain SHA-256 of it cannot be turned back by guessing: slow, salted hashes are for
passwords that people choose, and would cost every request more than its answer.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

Scope: TypeAlias = Literal["score", "outcomes", "admin"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
_MARK: Final = "leads_"
_SECRET_BYTES: Final = 32
_DIGEST_LENGTH: Final = 64


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
    """

    name: str
    scopes: frozenset[Scope]
    sha256: str

    def opens(self, scope: Scope) -> bool:
        """Tell whether the key is good for a scope."""
        return scope in self.scopes or "admin" in self.scopes


def holder(keys: Iterable[ApiKey], presented: str) -> ApiKey | None:
    """Return whose key was presented, None where it is nobody's; takes as long whichever key it is."""
    digest = _digest(presented)
    found = None
    for key in keys:
        if hmac.compare_digest(key.sha256, digest):
            found = key
    return found


def make_key(file: Path, name: str, scopes: Iterable[Scope]) -> str:
    """Add a key to the file and return it; it is not written anywhere, so this is the only time it is seen.

    Raises
    ------
    KeysError
        Where the file is damaged, or holds a key of that name already.
    OSError
        Where it cannot be written.
    """
    if any(key.name == name for key in read_keys(file)):
        raise KeysError(f"{file} has a key named {name!r} already: choose another name, or delete its line first")
    key = _MARK + secrets.token_urlsafe(_SECRET_BYTES)
    line = json.dumps({"name": name, "scopes": sorted(scopes), "sha256": _digest(key)}, ensure_ascii=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())  # in one piece, so that two commands at once both keep theirs
    finally:
        os.close(descriptor)
    return key


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
        key = ApiKey(str(content["name"]), frozenset(content["scopes"]), str(content["sha256"]))
    except (ValueError, KeyError, TypeError):
        key = None
    if key is None or not key.scopes <= frozenset(SCOPES) or len(key.sha256) != _DIGEST_LENGTH:
        raise KeysError(
            f"{file}, line {number}: needs name, scopes among {', '.join(SCOPES)}, and sha256; delete the line and "
            "make a new key with: python -m serving key --name NAME --scope SCOPE"
        )
    return key


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
