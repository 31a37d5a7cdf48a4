import shutil
import subprocess
from pathlib import Path

import pytest

from training.tracking.code_version import CodeVersion, code_version

GIT = shutil.which("git")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "toy"\nversion = "1.2.3"\n')
    (tmp_path / "code.py").write_text("answer = 42\n")
    return tmp_path


@pytest.fixture
def committed(checkout: Path) -> Path:
    if GIT is None:
        pytest.skip("git is not installed")
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*author, "commit", "-q", "-m", "first"]):
        subprocess.run([GIT, "-C", str(checkout), *arguments], check=True)
    return checkout


def test_committed_code_is_known_by_its_commit(committed: Path) -> None:
    version = code_version(committed)
    assert version.commit is not None
    assert len(version.commit) == 40
    assert str(version) == f"1.2.3+{version.commit}"


@pytest.mark.parametrize("name", ["code.py", "new.py", "folder/rules.toml"])
def test_changed_or_added_code_is_marked_modified(committed: Path, name: str) -> None:
    (committed / "folder").mkdir()
    (committed / name).write_text("answer = 43\n")
    assert str(code_version(committed)).endswith(".modified")


def test_data_in_the_checkout_are_no_modification(committed: Path) -> None:
    (committed / "leads.csv").write_text("lead_id\n")
    assert not code_version(committed).modified


def test_folder_of_another_repository_is_not_taken_for_its_commit(committed: Path) -> None:
    (committed / "installed").mkdir()
    assert code_version(committed / "installed").commit is None


@pytest.mark.parametrize("git_folder", ["absent", "broken"])
def test_without_git_history_the_project_version_stands_alone(checkout: Path, git_folder: str) -> None:
    if git_folder == "broken":
        (checkout / ".git").mkdir()
    assert code_version(checkout) == CodeVersion("1.2.3")


def test_without_git_installed_the_project_version_stands_alone(
    committed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(committed))
    assert str(code_version(committed)) == "1.2.3"


def test_git_hook_s_environment_leads_nowhere_else(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = code_version(committed)
    monkeypatch.setenv("GIT_DIR", str(committed / "nowhere"))
    assert code_version(committed) == expected
