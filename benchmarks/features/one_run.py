"""One engine in a process of its own: ``python -m benchmarks.features.one_run polars folder``."""

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.features.engine import Engine
from benchmarks.features.used_memory import use_memory

ENGINES: Final = {"ours": ("ours", "Ours"), "polars": ("in_polars", "Polars"), "DuckDB": ("in_duckdb", "DuckDB")}
"""Module and class; only the one asked for is imported, so that the others take no memory."""


def main(name: str, folder: Path) -> None:
    module, kind = ENGINES[name]
    engine: Engine = getattr(import_module(f"benchmarks.features.{module}"), kind)(folder)
    use_memory()
    start, cpu_start = time.perf_counter(), time.process_time()
    engine.run()
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    np.save(folder / f"{name}.npy", engine.values())
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_gb": peak_kib * 1024 / 1e9}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
