"""``python -m serving serve``, but for the time of day: ``python -m benchmarks.year.service``."""

import os
from pathlib import Path
from unittest.mock import patch

from benchmarks.year.clock import VARIABLE, Clock
from serving.serve_command import serve_command

if __name__ == "__main__":
    with patch("time.time_ns", Clock(Path(os.environ[VARIABLE])).time_ns):
        serve_command()
