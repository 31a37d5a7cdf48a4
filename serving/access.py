"""Who may ask for what."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from fastapi import Request

from serving.keys import Scope
from serving.problems import Problem, ProblemError
from serving.service import Service, ServiceDep
from serving.settings import is_loopback

_CHALLENGE: Final = 'Bearer realm="lead-scoring"'


def needs(scope: Scope) -> Callable[..., Awaitable[None]]:
    """Return the dependency that lets in those who hold a key for a scope."""

    async def check(request: Request, service: ServiceDep) -> None:
        admit(request, service, scope)

    return check


def admit(request: Request, service: Service, scope: Scope) -> None:
    """Let in those who hold a key for a scope.

    A service that only this machine can reach and that has no keys asks for none.

    Raises
    ------
    ProblemError
        401 no or an unknown key, 403 a key for something else, or a host name that is not this machine's.
    """
    if not service.asks_for_keys:
        _check_host(request)
        return
    kind, _, presented = request.headers.get("authorization", "").partition(" ")
    key = service.keys.holder(presented.strip()) if kind.lower() == "bearer" else None
    if key is None:
        raise ProblemError(_unknown(is_given=bool(presented)))
    if not key.opens(scope):
        raise ProblemError(_closed(scope))
    request.state.caller = key.name


def _check_host(request: Request) -> None:
    """Refuse what a web page makes a browser send here under another name."""
    host = request.headers.get("host", "").strip()
    name = host.partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if not is_loopback(name):
        detail = "Without keys the service answers under this machine's own names only, such as localhost."
        raise ProblemError(Problem(HTTPStatus.FORBIDDEN, "foreign-host", detail))


def _unknown(*, is_given: bool) -> Problem:
    found = "is not known" if is_given else "is missing"
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
