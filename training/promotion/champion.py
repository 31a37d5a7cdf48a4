"""The champion that a new version has to match."""

from dataclasses import dataclass

from models.conversion import ConversionModel
from models.registry_names import CHAMPION
from training.tracking.registry import RegisteredVersion, aliased, load_version
from training.tracking.tracking_store import TrackingError, TrackingStore


@dataclass(frozen=True)
class Champion:
    """The champion when a training began.

    Attributes
    ----------
    version : RegisteredVersion
        In the registry.
    model : ConversionModel or None
        What it believes; None where its files cannot be read.
    fault : str
        Why they cannot.
    """

    version: RegisteredVersion
    model: ConversionModel | None
    fault: str = ""


def reigning(store: TrackingStore) -> Champion | None:
    """Return the champion; None where there is none.

    Raises
    ------
    TrackingError
        Where the registry cannot be asked. Files that cannot be read are a fault of the champion, not of a training.
    """
    version = aliased(store, CHAMPION)
    if version is None:
        return None
    try:
        return Champion(version, load_version(store, version.version))
    except TrackingError as error:
        return Champion(version, None, str(error))
