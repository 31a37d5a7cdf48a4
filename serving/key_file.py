"""Changes to the file of keys: whole or not at all, one command after the other."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from features.validation import nearest
from serving.file_lock import locked
from serving.keys import ApiKey, KeysError, Scope, digest_of, read_keys

_MARK: Final = "leads_"
_SECRET_BYTES: Final = 32


def make_key(file: Path, name: str, scopes: Iterable[Scope], now_ms: int) -> str:
    """Add a key to the file and return it; it is not written anywhere, so this is the only time it is seen.

    Raises
    ------
    KeysError
        Where the file is damaged, or holds a key of that name already.
    OSError
        Where it cannot be written.
    """
    with _changing(file) as keys:
        if any(key.name == name for key in keys):
            raise KeysError(
                f"{file} has a key named {name!r} already: choose another name, or give it a second key with --rotate"
            )
        return _added(keys, name, scopes, now_ms)


def rotate_key(file: Path, name: str, now_ms: int, old_valid_ms: int, scopes: Iterable[Scope] = ()) -> str:
    """Add another key of a name and return it; those that the name has are good for a while yet, or not at all.

    Parameters
    ----------
    file : pathlib.Path
        Of keys.
    name : str
        Who holds them.
    now_ms : int
        When this is.
    old_valid_ms : int
        How long the old ones stay good; 0 ends them at once.
    scopes : iterable of str
        What the new one opens; what the newest of the old ones does, if nothing is given.

    Raises
    ------
    KeysError
        Where the file is damaged, or holds no key of that name.
    OSError
        Where it cannot be written.
    """
    with _changing(file) as keys:
        old = _of_name(file, keys, name)
        for key in old:
            keys.remove(key)
            if key.is_good(now_ms):
                ends_ms = now_ms + old_valid_ms
                keys.append(replace(key, expires_ms=min(ends_ms, key.expires_ms or ends_ms)))
        return _added(keys, name, scopes or old[-1].scopes, now_ms)


def revoke_keys(file: Path, name: str) -> int:
    """Remove every key of a name, and return how many other keys there are; raises as ``rotate_key`` does."""
    with _changing(file) as keys:
        for key in _of_name(file, keys, name):
            keys.remove(key)
        return len(keys)


@contextmanager
def _changing(file: Path) -> Iterator[list[ApiKey]]:
    """Give the keys of a file, and write what has become of them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with locked(file.parent):
        keys = list(read_keys(file))
        yield keys
        _write(file, "".join(f"{key.to_line()}\n" for key in keys))


def _write(file: Path, text: str) -> None:
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}-", delete=False) as made:
        try:
            made.write(text)
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileNotFoundError, PermissionError):  # the service must still be able to read it
                about = file.stat()
                os.chown(made.name, about.st_uid, about.st_gid)
            Path(made.name).replace(file)
        except OSError:
            Path(made.name).unlink()
            raise


def _added(keys: list[ApiKey], name: str, scopes: Iterable[Scope], now_ms: int) -> str:
    key = _MARK + secrets.token_urlsafe(_SECRET_BYTES)
    keys.append(ApiKey(name, frozenset(scopes), digest_of(key), now_ms))
    return key


def _of_name(file: Path, keys: Iterable[ApiKey], name: str) -> list[ApiKey]:
    found = [key for key in keys if key.name == name]
    if not found:
        names = sorted({key.name for key in keys})
        near = nearest(name, tuple(names))
        hint = f"did you mean {near}?" if near else f"there are {', '.join(names) or 'none'}"
        raise KeysError(f"{file} has no key named {name!r}; {hint}")
    return found
