"""Direct routes, asked by the short way and by the framework's own."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import PlainTextResponse, Response

from serving.direct_route import DirectRoute, DirectRoutesMiddleware
from serving.problems import ProblemError, add_problem_handlers, invalid_request
from tests.serving.caller import Caller, calling

router = APIRouter(route_class=DirectRoute)


@router.post("/echo", summary="Say it again")
async def echo(request: Request) -> Response:
    """Return the body."""
    body = await request.body()
    if not body:
        raise ProblemError(invalid_request([]))
    return PlainTextResponse(body, headers={"x-route": request.scope["route"].path})


def application(*, is_short: bool) -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    add_problem_handlers(app)
    if is_short:
        app.add_middleware(DirectRoutesMiddleware, routes=router.routes)
    return app


@pytest.fixture(params=[True, False], ids=["the short way", "the framework's"])
def asked(request: pytest.FixtureRequest) -> Iterator[Caller]:
    with calling(application(is_short=request.param)) as caller:
        yield caller


def test_endpoint_gets_the_request_and_its_response_is_sent(asked: Caller) -> None:
    answered = asked.post("/echo", content=b"hello")
    assert (answered.status_code, answered.text, answered.headers["x-route"]) == (200, "hello", "/echo")


def test_problem_of_an_endpoint_is_told(asked: Caller) -> None:
    answered = asked.post("/echo")
    assert (answered.status_code, answered.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/echo", 405), ("POST", "/echo/", 200), ("POST", "/", 404)]
)
def test_what_is_no_direct_route_is_left_to_the_framework(asked: Caller, method: str, path: str, status: int) -> None:
    assert asked(method, path, content=b"hello", follow_redirects=True).status_code == status


def test_description_tells_of_direct_routes() -> None:
    assert application(is_short=True).openapi()["paths"]["/echo"]["post"]["summary"] == "Say it again"
