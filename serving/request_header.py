"""One header of a request, without making an object of all of them."""

from fastapi import Request


def request_header(request: Request, name: bytes) -> str:
    """Return the value of the first header of a name in lower case; blank where there is none."""
    for one, value in request.scope["headers"]:
        if one == name:
            return str(value, "latin-1")
    return ""
