"""What the packages that serving is deployed with are licensed under, as their own metadata says.

``python -m tests.deploy.licences > deploy/LICENCES.md`` writes the list; it ends with 1 where one must be looked at.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import metadata
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).parents[2] / "requirements-serving.lock"
PERMISSIVE = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "PSF-2.0"),
        *("Python-2.0", "Unlicense", "Zlib"),
    }
)
WEAK = {
    "LGPL-3.0-only": "used as it is, a library that can be replaced; changes to it would have to be given on",
    "MPL-2.0": "used as it is; changes to its files would have to be given on",
}
"""Licences that ask for more than a notice, and why they may be used here."""

_SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_LONGEST = 40
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ALLOWED, _REFUSED = "MIT", "not told"
"""Stand for what a part in brackets comes to."""

_HEAD = """# Licences of what serving is deployed with

Made by `make licences` from `requirements-serving.lock` and what the packages say of themselves; held up to date by a
test, which also refuses any licence that is not known to be permissive, or listed below with the reason why it may be
used. Wheels bring libraries of other projects along (OpenBLAS, libpq, OpenSSL): their licences lie in each package's
`*.dist-info/licenses`. The packages are those of Linux.

| package | version | licence |
| --- | --- | --- |
"""


@dataclass(frozen=True)
class Licensed:
    """A package that serving is deployed with."""

    name: str
    version: str
    licence: str

    @property
    def is_allowed(self) -> bool:
        """Whether one of the licences to choose from asks for nothing that is not known here."""
        expression = self.licence
        while inner := _IN_BRACKETS.search(expression):
            allowed = _ALLOWED if _is_allowed(inner[1]) else _REFUSED
            expression = expression.replace(inner[0], allowed)
        return _is_allowed(expression)


def _is_allowed(expression: str) -> bool:
    choices = (choice.split(" AND ") for choice in expression.split(" OR "))
    return any(all(part in PERMISSIVE or part in WEAK for part in choice) for choice in choices)


def packages(lock: Path = LOCK) -> list[Licensed]:
    """Return the packages of a lock file that this system needs, by name."""
    lines = (line.removesuffix("\\").strip() for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    needed = (one for one in map(Requirement, lines) if one.marker is None or one.marker.evaluate())
    return [Licensed(one.name, str(one.specifier).removeprefix("=="), licence_of(one.name)) for one in needed]


def licence_of(package: str) -> str:
    """Return an installed package's licence: its expression, else its words, else its classifiers."""
    told = metadata(package)
    classifiers = [text.rpartition(" :: ")[2] for text in told.get_all("Classifier", []) if text.startswith("License")]
    expression, words = (str(told[field]) if field in told else "" for field in ("License-Expression", "License"))
    if expression:
        return expression
    if words and len(words) < _LONGEST:
        return _SPELLINGS.get(words, words)
    return " OR ".join(sorted(_SPELLINGS.get(text, text) for text in classifiers)) or "not told"


def as_markdown(listed: Iterable[Licensed]) -> str:
    """Return the list as a table, and why some licences may be used."""
    rows = "".join(f"| {one.name} | {one.version} | {one.licence} |\n" for one in listed)
    return _HEAD + rows + "\n" + "".join(f"- {licence}: {reason}.\n" for licence, reason in WEAK.items())


def main() -> int:
    """Write the list to standard output."""
    listed = packages()
    sys.stdout.write(as_markdown(listed))
    refused = [f"{one.name}: {one.licence}" for one in listed if not one.is_allowed]
    sys.stderr.writelines(f"{line} is not among the licences of tests/deploy/licences.py\n" for line in refused)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
