"""The files, or tables of a database, that a mapping names."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from features.faults import Fault
from features.importing import Findings, Imported, Mapping, convert
from features.importing.file_rule import FileRule
from features.reading.database import fetch_database
from features.reading.fetched import Fetched
from features.reading.folder import fetch_file, files_of, table_of
from features.validation import RawTable, nearest

_MOST_SHOWN: Final = 20


def import_source(source: str, mapping: Mapping, time_zone: str) -> Imported:
    """Make raw canonical tables of a source as a CRM exports or replicates it.

    Parameters
    ----------
    source : str
        A folder of files, or the URL of a database.
    mapping : Mapping
        Says which of them are what.
    time_zone : str
        IANA name; of times without an offset.
    """
    findings = Findings(mapping.file)
    fetched = _fetch_database(source, mapping) if "://" in source else _fetch_folder(Path(source), mapping)
    findings.faults.extend(fetched.faults)
    was_reached = bool(fetched.tables) or not fetched.faults
    files = {name: [raw for raw in fetched.tables if rule_of(raw.name, mapping) == name] for name in mapping.files}
    if was_reached:
        findings.faults.extend(_miscounted(mapping, files, fetched, findings))
    return convert(mapping, files, findings, time_zone)


def rule_of(name: str, mapping: Mapping) -> str | None:
    """Return the mapping's name for a file or table, None where it is none of its files."""
    stem = (table_of(Path(name)) or name).lower()
    rules = mapping.files.values()
    exact = (rule.name for rule in rules if stem in rule.patterns)
    matching = (rule.name for rule in rules if any(fnmatchcase(stem, pattern) for pattern in rule.patterns))
    return next(exact, None) or next(matching, None)


def _fetch_database(address: str, mapping: Mapping) -> Fetched:
    def wanted(names: Sequence[str]) -> list[str]:
        return sorted(name for name in names if rule_of(name, mapping) is not None)

    return fetch_database(address, wanted)


def _fetch_folder(folder: Path, mapping: Mapping) -> Fetched:
    files = files_of(folder)
    if isinstance(files, Fetched):
        return files
    fetched = Fetched(faults=[fault for file in files for fault in _spreadsheet(file, mapping)])
    for file in files:
        if table_of(file) is not None and rule_of(file.name, mapping) is not None:
            fetched.add(fetch_file(file.name, file))
    return fetched


def _spreadsheet(file: Path, mapping: Mapping) -> Iterable[Fault]:
    if file.suffix.lower() in {".xlsx", ".xls"} and rule_of(file.stem, mapping) is not None:
        rule, found = "a file is .csv, .csv.gz or .parquet", "a spreadsheet, left out"
        yield Fault(file.name, None, rule, found, "Save it as CSV in UTF-8.", severity="warning")


def _miscounted(
    mapping: Mapping, files: dict[str, list[RawTable]], fetched: Fetched, findings: Findings
) -> Iterable[Fault]:
    failed = {fault.table for fault in fetched.faults}
    for name, raws in files.items():
        rule = mapping.files[name]
        place = f"below [files.{name}] in {findings.line(rule.line)}"
        if len(raws) > 1 and not rule.stack:
            found = " and ".join(raw.name for raw in raws)
            remedy = f"Remove or merge all but one of them, or write stack = true {place}."
            yield Fault(name, None, "a table has one file", found, remedy)
            del raws[1:]
        if not raws and not rule.optional and not any(rule_of(table, mapping) == name for table in failed):
            yield _missing(rule, place, [raw.name for raw in fetched.tables])


def _missing(rule: FileRule, place: str, names: Sequence[str]) -> Fault:
    patterns = " or ".join(rule.patterns)
    near = nearest(rule.patterns[0], [name.lower() for name in names])
    hint = "" if near is None else f"Did you mean {near}? "
    found = f"{', '.join(names[:_MOST_SHOWN])}" if names else "no file that the mapping knows"
    return Fault(rule.name, None, f"a file is named {patterns}", found, f"{hint}Export it, or name it {place}.")
