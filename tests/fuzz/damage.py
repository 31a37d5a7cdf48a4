"""Files as they come out of a bad disk, a broken transfer or a hostile hand."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from hypothesis.vendor.pretty import RepresentationPrinter

_PLACES = st.integers(0, 1 << 24)
_NUMBER = re.compile(rb"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_NUMBERS = (b"-1", b"0", b"999999", b"2147483648", b"1e999", b"nan", b"-inf", b"9" * 400, b"9" * 5000, b"")


@dataclass(frozen=True, repr=False)
class Damage:
    """Changes of bytes, one after the other."""

    changes: Sequence[tuple[Callable[..., bytes], int, Any]]

    def __call__(self, data: bytes) -> bytes:
        for change, place, how in self.changes:
            data = change(data, place % len(data), how) if data else data
        return data

    def __repr__(self) -> str:
        told = (f"{change.__name__}({place}, {_brief(how)})" for change, place, how in self.changes)
        return f"Damage({', '.join(told)})"

    def _repr_pretty_(self, printer: RepresentationPrinter, _: object) -> None:
        """Be brief to hypothesis too, which else writes out every byte put in."""
        printer.text(repr(self))


def _brief(how: object) -> str:
    return repr(how) if not isinstance(how, bytes) or len(how) < 40 else f"{how[:10]!r} * {len(how) / 10}"


def damages(tokens: Sequence[bytes]) -> SearchStrategy[Damage]:
    """Return one to four changes of bytes, lines and numbers; ``tokens`` are what may be put in somewhere."""
    ways: Sequence[tuple[Callable[..., bytes], SearchStrategy[Any]]] = (
        (_flip, st.integers(0, 7)),
        (_cut, st.none()),
        (_drop, st.integers(1, 60)),
        (_repeat, st.sampled_from([1, 5, 60, 600])),
        (_insert, st.sampled_from(tokens) | st.binary(min_size=1, max_size=4)),
        (_move_line, _PLACES),
        (_other_number, st.sampled_from(_NUMBERS)),
    )
    one = st.one_of(*(st.tuples(st.just(change), _PLACES, how) for change, how in ways))
    return st.lists(one, min_size=1, max_size=4).map(Damage)


def _flip(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def _cut(data: bytes, place: int, _: None) -> bytes:
    return data[:place]


def _drop(data: bytes, place: int, length: int) -> bytes:
    return data[:place] + data[place + length :]


def _repeat(data: bytes, place: int, length: int) -> bytes:
    return data[:place] + data[place : place + length] + data[place:]


def _insert(data: bytes, place: int, token: bytes) -> bytes:
    return data[:place] + token + data[place:]


def _move_line(data: bytes, place: int, to: int) -> bytes:
    lines = data.split(b"\n")
    lines.insert(to % len(lines), lines.pop(place % len(lines)))
    return b"\n".join(lines)


def _other_number(data: bytes, place: int, number: bytes) -> bytes:
    found = [*_NUMBER.finditer(data)]
    if not found:
        return data
    one = found[place % len(found)]
    return data[: one.start()] + number + data[one.end() :]
