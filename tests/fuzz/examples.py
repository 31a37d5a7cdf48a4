"""How long the fuzzing goes on: a minute in all by default, as long as one likes with ``FUZZ_EXAMPLES=20000``."""

import os

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("FUZZ_EXAMPLES", "200")) / 200


def fuzzed(examples: int) -> settings:
    """Return the settings of a test that tries so many examples by default."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(max_examples=max(1, int(examples * FACTOR)), deadline=None, suppress_health_check=slow)
