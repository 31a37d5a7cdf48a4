"""The shap library, imported when it is first needed: that takes seconds."""

import warnings
from functools import cache
from importlib import import_module
from typing import Any


@cache
def shap() -> Any:
    """Return the library; what matplotlib deprecates of its style is not the reader's concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("shap")
