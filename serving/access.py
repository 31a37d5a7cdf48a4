"""Who may ask for what."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from math import ceil
from time import monotonic, time_ns
from typing import Final

from fastapi import Request

from serving.keys import Scope
from serving.problems import Problem, ProblemError
from serving.request_header import request_header
from serving.service import Service, ServiceDep
from serving.settings import is_loopback

_CHALLENGE: Final = 'Bearer realm="lead-scoring"'


def needs(scope: Scope) -> Callable[..., Awaitable[None]]:
    """Return the dependency that lets in those who hold a key for a scope."""

    async def check(request: Request, service: ServiceDep) -> None:
        admit(request, service, scope)

    return check


def admit(request: Request, service: Service, scope: Scope) -> None:
    """Let in those who hold a key for a scope, as often as they may ask.

    A service that only this machine can reach and that has no keys asks for none.

    Raises
    ------
    ProblemError
        401 no or an unknown key, 403 a key for something else, or a host name that is not this machine's, 429 too many
        requests of one caller.
    """
    caller = _caller(request, service, scope) if service.asks_for_keys else _on_this_machine(request)
    seconds = service.rate_limit.wait_seconds(caller, monotonic())
    if seconds:
        problem = _too_many(service.settings.requests_per_minute, seconds)
        service.metrics.refused(problem.kind)
        raise ProblemError(problem)


def _caller(request: Request, service: Service, scope: Scope) -> str:
    kind, _, presented = request_header(request, b"authorization").partition(" ")
    key = service.keys.holder(presented.strip(), time_ns() // 1_000_000) if kind.lower() == "bearer" else None
    if key is None:
        raise ProblemError(_unknown(is_given=bool(presented)))
    if not key.opens(scope):
        raise ProblemError(_closed(scope))
    request.state.caller = key.name
    return key.name


def _on_this_machine(request: Request) -> str:
    """Refuse what a web page makes a browser send here under another name; who else asks has no name."""
    host = request_header(request, b"host").strip()
    name = host.partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if not is_loopback(name):
        detail = "Without keys the service answers under this machine's own names only, such as localhost."
        raise ProblemError(Problem(HTTPStatus.FORBIDDEN, "foreign-host", detail))
    return ""


def _unknown(*, is_given: bool) -> Problem:
    found = "is not known, or has expired" if is_given else "is missing"
    detail = (
        f"The key {found}. Send it in the header Authorization: Bearer KEY; "
        "python -m serving key --name NAME --scope SCOPE makes one."
    )
    error = ', error="invalid_token"' if is_given else ""
    return Problem(HTTPStatus.UNAUTHORIZED, "no-key", detail, headers={"www-authenticate": _CHALLENGE + error})


def _closed(scope: Scope) -> Problem:
    challenge = f'{_CHALLENGE}, error="insufficient_scope", scope="{scope}"'
    detail = f"The key is good, but not for this: it needs the scope {scope}."
    return Problem(HTTPStatus.FORBIDDEN, "scope", detail, headers={"www-authenticate": challenge})


def _too_many(per_minute: int, seconds: float) -> Problem:
    detail = f"A caller may send {per_minute:,} requests a minute. Wait, or send many leads at once to /score/batch."
    headers = {"retry-after": str(ceil(seconds))}
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", detail, headers=headers)
