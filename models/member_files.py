"""Which file of a model's folder holds which member."""

from collections.abc import Sequence
from pathlib import Path

from models.booster import BoosterMember
from models.folder import ModelFolderError
from models.linear import LinearMember
from models.member import Member

_KINDS: dict[str, type[BoosterMember] | type[LinearMember]] = {"booster": BoosterMember, "linear": LinearMember}
_ENDINGS = {"booster": "txt", "linear": "json"}


def member_files(members: Sequence[Member]) -> list[tuple[str, str]]:
    """Return each member's kind and file name: ``booster.txt``, ``booster-2.txt``, ``linear.json``."""
    files: list[tuple[str, str]] = []
    for member in members:
        kind = next(kind for kind, of_kind in _KINDS.items() if isinstance(member, of_kind))
        number = 1 + sum(earlier == kind for earlier, _ in files)
        stem = kind if number == 1 else f"{kind}-{number}"
        files.append((kind, f"{stem}.{_ENDINGS[kind]}"))
    return files


def remove_members(folder: Path) -> None:
    """Delete the members' files of a model that stood in the folder before."""
    for kind, ending in _ENDINGS.items():
        for path in folder.glob(f"{kind}*.{ending}"):
            path.unlink()


def load_member(folder: Path, kind: str, name: str) -> Member:
    """Read a member of a kind from its file, which the folder's manifest lists.

    Raises
    ------
    ModelFolderError
        Where the kind is not known, or the file is missing or damaged.
    """
    if kind not in _KINDS:
        raise ModelFolderError(
            f"A member of {folder} must be one of {sorted(_KINDS)}, found {kind!r}. "
            "Load it with the version it was trained by."
        )
    return _KINDS[kind].load(folder / name)
