"""The bytes of a request: counted while they come in, then read as JSON."""

import asyncio
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

import orjson
from fastapi import Request
from pydantic_core import from_json
from starlette.requests import ClientDisconnect

from serving.problems import FieldError, Problem, ProblemError, invalid_request
from serving.request_header import request_header
from serving.service import service_of

IS_WHOLE: Final = "body_is_whole"
"""Stands in the state of a request whose last byte is there before the first is asked for."""

_JSON: Final = "application/json"
_UTF8: Final = frozenset({"utf-8", "utf8"})
_NOT_COMPRESSED: Final = frozenset({"", "identity"})
_FORM: Final = "content-type: application/json"


async def read_json(request: Request, max_bytes: int) -> Any:
    """Return what a request's body says. Of a name that stands twice in an object, the last one counts.

    Parameters
    ----------
    request : fastapi.Request
        Its body is read to the end or to one byte too many, whichever comes first.
    max_bytes : int
        How large the body may be.

    Raises
    ------
    ProblemError
        408 too slow, 413 too large, 415 not declared as JSON, 422 not JSON.
    ClientDisconnect
        Where the caller goes before the end.
    """
    _check_headers(request, max_bytes)
    # A clock costs as much as the reading itself.
    is_whole = request.scope.get("state", {}).get(IS_WHOLE)
    return _parsed(await (_content if is_whole else _content_in_time)(request, max_bytes))


async def _content_in_time(request: Request, max_bytes: int) -> bytes:
    service = service_of(request)
    try:
        async with asyncio.timeout(service.settings.body_seconds):
            return await _content(request, max_bytes)
    except TimeoutError:
        problem = _slow(service.settings.body_seconds)
        service.metrics.refused(problem.kind)
        raise ProblemError(problem) from None


async def _content(request: Request, max_bytes: int) -> bytes:
    chunks: list[bytes] = []
    size, is_more = 0, True
    while is_more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > max_bytes:
            raise ProblemError(_too_large(max_bytes))
        is_more = message.get("more_body", False)
    return b"".join(chunks)


def _check_headers(request: Request, max_bytes: int) -> None:
    fault = _fault_of_type(request_header(request, b"content-type"))
    if fault is not None:
        raise ProblemError(fault)
    if request_header(request, b"content-encoding") not in _NOT_COMPRESSED:
        raise ProblemError(_unsupported("Send the body as it is, without compressing it."))
    length = request_header(request, b"content-length")
    if length.isdecimal() and int(length) > max_bytes:
        raise ProblemError(_too_large(max_bytes))


@lru_cache(maxsize=64)
def _fault_of_type(content_type: str) -> Problem | None:
    kind, *parameters = [part.strip().lower() for part in content_type.split(";")]
    if kind != _JSON:
        return _unsupported(f"Send JSON, and say so with the header {_FORM}.")
    charsets = {
        value.strip('" ') for name, _, value in (part.partition("=") for part in parameters) if name == "charset"
    }
    return None if charsets <= _UTF8 else _unsupported("Send JSON in UTF-8, the only encoding that JSON has.")


def _parsed(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return _read_again(content)


def _read_again(content: bytes) -> Any:
    """Read what was refused by the parser that takes longer and says better what is wrong: depth, for one."""
    try:
        return from_json(content, allow_inf_nan=False)
    except ValueError as error:
        found = f"{len(content):,} bytes" if content else "nothing"
        message = f"must be JSON in UTF-8: {error}" if content else "must be a JSON object"
        raise ProblemError(invalid_request([FieldError(("body",), message, found)])) from None


def _too_large(max_bytes: int) -> Problem:
    detail = f"The body may have {max_bytes:,} bytes. Send fewer leads at a time, or only the latest rows of each."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", detail, headers={"connection": "close"})


def _slow(seconds: float) -> Problem:
    detail = f"The body did not arrive within {seconds:g} seconds. Send it in one go, once it is complete."
    return Problem(HTTPStatus.REQUEST_TIMEOUT, "slow-body", detail, headers={"connection": "close"})


def _unsupported(detail: str) -> Problem:
    return Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
