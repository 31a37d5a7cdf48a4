"""What the registry says of a model, and that it says nothing; does not need MLflow."""

from dataclasses import dataclass


class RegistryError(Exception):
    """The registry could not be asked, or a version could not be read; scoring goes on without it."""


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A version that is in the registry.

    Attributes
    ----------
    version : str
        Its number.
    created_ms : int
        When it was registered, in milliseconds since the epoch.
    run_id : str
        The run that made it.
    """

    version: str
    created_ms: int
    run_id: str
