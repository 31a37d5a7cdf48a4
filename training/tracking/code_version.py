"""Which code trained a model."""

import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

PROJECT: Final = "lead-scoring"
UNKNOWN: Final = "unknown"
GIT_TIMEOUT_SECONDS: Final = 10
_CODE: Final = ("*.py", "*.toml")


@dataclass(frozen=True, slots=True)
class CodeVersion:
    """The code of a training, as exactly as the machine can tell.

    Attributes
    ----------
    project : str
        The project's version number.
    commit : str or None
        The git commit; None where the code is not a git checkout or git is not there.
    modified : bool
        Code or configuration differs from the commit.
    """

    project: str
    commit: str | None = None
    modified: bool = False

    def __str__(self) -> str:
        if self.commit is None:
            return self.project
        return f"{self.project}+{self.commit}{'.modified' if self.modified else ''}"


def code_version(checkout: Path) -> CodeVersion:
    """Return the version of the code in a checkout; never raises.

    Only ``.py`` and ``.toml`` files count as modifications: data and reports lying in the checkout change no training.
    """
    project = _project_version(checkout)
    # A repository further up may hold the folder of an installed package; its commit says nothing about this code.
    commit = _git(checkout, "rev-parse", "HEAD") if (checkout / ".git").exists() else None
    if commit is None:
        return CodeVersion(project)
    changes = _git(checkout, "status", "--porcelain", "--untracked-files=all", "--", *_CODE)
    return CodeVersion(project, commit, modified=changes != "")


def _git(checkout: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    # Hooks set GIT_DIR and its kin, which would point git elsewhere; reading must not wait for git's index lock.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    try:
        answer = subprocess.run(
            [git, "-C", str(checkout), *arguments],
            capture_output=True,
            check=True,
            encoding="utf-8",
            env=environment,
            timeout=GIT_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


def _project_version(checkout: Path) -> str:
    try:
        declared = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
        return str(declared["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        pass
    try:
        return metadata.version(PROJECT)
    except metadata.PackageNotFoundError:
        return UNKNOWN
