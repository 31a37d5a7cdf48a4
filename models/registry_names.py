"""What training writes to the model registry and serving reads there; the two never import each other."""

from typing import Final

MODEL_NAME: Final = "lead-conversion"
"""The registered model, and the experiment whose runs made its versions."""

CHAMPION: Final = "champion"
"""The alias of the version that scores leads."""

CHALLENGER: Final = "challenger"
"""The alias of the newest version; where it is the champion as well, there is no challenger."""

RUN_ARTIFACT: Final = "model"
"""Where a run keeps its model, under its artifacts."""

MODEL_DATA: Final = "data/conversion"
"""Where the folder of data files stands inside a version, beside what MLflow needs to load it."""

STORE_FOLDER: Final = ".mlflow"
"""Where runs and versions are kept, under the working directory, unless ``MLFLOW_TRACKING_URI`` names another place."""

STORE_DATABASE: Final = "tracking.db"
STORE_ARTIFACTS: Final = "artifacts"
