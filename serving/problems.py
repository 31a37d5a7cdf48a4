"""Errors as RFC 9457 problems; HTTP status codes live in serving alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"
_TYPE: Final = "urn:lead-scoring:problem:"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one place of a request.

    Attributes
    ----------
    location : tuple of str or int
        From ``body``, ``query``, ``path`` or ``header`` down to the value.
    message : str
        What is required.
    found : str
        What was there, told without personal data.
    """

    location: tuple[str | int, ...]
    message: str
    found: str

    def to_json(self) -> dict[str, Any]:
        """Return the members that the contract names."""
        return {"location": list(self.location), "message": self.message, "found": self.found}


@dataclass(frozen=True)
class Problem:
    """Why a request is not answered, and what to do about it."""

    status: int
    kind: str
    detail: str
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the members of ``application/problem+json``."""
        title = HTTPStatus(self.status).phrase
        about = {"type": f"{_TYPE}{self.kind}", "title": title, "status": self.status, "detail": self.detail}
        errors = {"errors": [error.to_json() for error in self.errors]} if self.errors else {}
        return {**about, **self.members, **errors}

    def response(self) -> Response:
        """Return the problem as an answer."""
        return Response(to_json(self.to_json()), self.status, dict(self.headers), MEDIA_TYPE)


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.kind)


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error of an application with a problem."""
    app.add_exception_handler(ProblemError, _told)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid_parameters)
    app.add_exception_handler(Exception, _failed)


async def _told(_: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):
        raise error
    return error.problem.response()


async def _http_error(request: Request, error: Exception) -> Response:
    """Tell what the framework itself refuses: an unknown path, a wrong method."""
    if not isinstance(error, HTTPException):
        raise error
    details = {
        HTTPStatus.NOT_FOUND: "There is nothing at this path. GET /openapi.json lists what there is.",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{request.method} is not for this path; the Allow header says what is.",
    }
    status = HTTPStatus(error.status_code)
    detail = details.get(status, status.description or status.phrase)
    kind = status.phrase.lower().replace(" ", "-")
    return Problem(status, kind, detail, headers=dict(error.headers or {})).response()


async def _invalid_parameters(_: Request, error: Exception) -> Response:
    """Tell what is wrong with the parameters of a path, a query or headers; bodies are read by ``serving.body``."""
    if not isinstance(error, RequestValidationError):
        raise error
    errors = [FieldError(tuple(fault["loc"]), str(fault["msg"]), "another value") for fault in error.errors()]
    return invalid_request(errors).response()


async def _failed(request: Request, _: Exception) -> Response:
    return fault_of_ours(request).response()


def fault_of_ours(request: Request) -> Problem:
    """Return the problem of a request that the service failed at."""
    detail = f"The service failed; its log tells more under the request id {request.state.request_id}."
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "fault-of-the-service", detail)


def invalid_request(errors: Sequence[FieldError], count: int | None = None) -> Problem:
    """Return the problem of a request that breaks the contract.

    Parameters
    ----------
    errors : sequence of FieldError
        Those that are listed.
    count : int, optional
        How many there are, where not all are listed.
    """
    total = len(errors) if count is None else count
    places = "place" if total == 1 else "places"
    listed = f"; the first {len(errors)} are listed" if total > len(errors) else ""
    detail = f"The request is wrong in {total:,} {places}{listed}. Correct it and send it again."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", detail, tuple(errors))
