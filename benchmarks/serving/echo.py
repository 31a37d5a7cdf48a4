"""The least that a service in FastAPI can do: parse the body and send it back."""

from typing import Any

from fastapi import FastAPI


def create_app() -> FastAPI:
    """Return the application."""
    app = FastAPI()

    @app.post("/score")
    async def echo(body: dict[str, Any]) -> dict[str, Any]:
        return body

    return app
