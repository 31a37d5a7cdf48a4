"""The command ``python -m training.review``: execute the notebooks and write them as pages."""

import os
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape

from features.wording import Language
from training.review.rendering import render_all

NOTEBOOKS: Final = Path(__file__).parents[2] / "notebooks"

_NO_WIDGETS: Final = "ignore:IProgress not found"
"""A library asks for progress bars that no page can show."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def review(
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Which ones; all if absent.", show_default=False)
    ] = None,
    reports: Annotated[Path, typer.Option(help="The folder for pages.")] = Path("reports"),
    language: Annotated[str, typer.Option(envvar="LANGUAGE", help="en or ja.")] = "en",
) -> None:
    """Execute the notebooks on DATA, or on the simulated CRM, and write them as pages."""
    os.environ.setdefault("PYTHONWARNINGS", _NO_WIDGETS)
    spoken: Language = "ja" if language.lower().startswith("ja") else "en"
    console, failed = Console(stderr=True), 0
    for one in render_all(notebooks or sorted(NOTEBOOKS.glob("*.ipynb")), reports, spoken):
        told = f"[red]failed[/red] {escape(one.fault)}" if one.page is None else escape(str(one.page))
        console.print(f"{one.notebook.stem}  {one.seconds:.0f} s  {told}", highlight=False, soft_wrap=True)
        failed += one.page is None
    raise typer.Exit(int(failed > 0))


if __name__ == "__main__":
    app()
