"""Compiles the modules written in Cython beside their sources, whenever the project is installed or packed.

``python hatch_build.py`` does the same without installing.
"""

import sys
from pathlib import Path
from typing import Any, Final

from Cython.Build import cythonize
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension

_PACKAGES: Final = ("features", "models", "serving")
_DIRECTIVES: Final = {"language_level": 3, "embedsignature": True, "auto_pickle": False}
_COMPILE: Final = ["-O2", "-g0", "-ffp-contract=off"]
"""No fused multiply-add, which rounds once where two operations round twice: one lead equals its row of many.

Without what a debugger reads a module is a third of the size, and it travels with each version of a model.
"""
_LINK: Final = ["-Wl,--strip-all"] if sys.platform == "linux" else []


class CompileHook(BuildHookInterface[Any]):
    """Called by hatchling."""

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say that what is packed fits this platform only."""
        compile_in_place(Path(self.root))
        build_data["artifacts"].append("*.so")
        build_data |= {"pure_python": False, "infer_tag": True}


def compile_in_place(root: Path) -> None:
    """Compile every module that is older than its source.

    Parameters
    ----------
    root : pathlib.Path
        The checkout.
    """
    sources = sorted(path.relative_to(root) for package in _PACKAGES for path in (root / package).rglob("*.pyx"))
    extensions = [
        Extension(
            ".".join(source.with_suffix("").parts), [str(source)], extra_compile_args=_COMPILE, extra_link_args=_LINK
        )
        for source in sources
    ]
    compiled = cythonize(extensions, build_dir="build/cython", compiler_directives=_DIRECTIVES, quiet=True)
    command = Distribution({"ext_modules": compiled}).get_command_obj("build_ext")
    command.inplace, command.parallel, command.build_temp = True, 2, "build/objects"
    command.ensure_finalized()
    command.run()


if __name__ == "__main__":
    compile_in_place(Path(__file__).parent)
