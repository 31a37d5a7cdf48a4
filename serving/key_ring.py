"""The keys that are good now, followed while the service runs."""

from pathlib import Path

import structlog

from serving.keys import ApiKey, KeysError, holder, read_keys

log = structlog.get_logger(__name__)


class KeyRing:
    """The keys of a file; a key that is added, revoked or expires counts within seconds.

    Raises
    ------
    KeysError
        Where the file is there and cannot be used.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stamp = self._stamped()
        self._keys = read_keys(file)

    def __bool__(self) -> bool:
        return bool(self._keys)

    def holder(self, presented: str, now_ms: int) -> ApiKey | None:
        """Return whose key was presented, None where it is nobody's or has expired."""
        return holder(self._keys, presented, now_ms)

    def refresh(self) -> None:
        """Read the file again if it has changed; while it is damaged, the keys read before stay good."""
        stamp = self._stamped()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._keys = read_keys(self._file)
        except KeysError as error:
            log.warning("keys_damaged", fault=str(error))

    def _stamped(self) -> tuple[int, int, int] | None:
        try:
            about = self._file.stat()
        except OSError:
            return None
        return about.st_ino, about.st_mtime_ns, about.st_size
