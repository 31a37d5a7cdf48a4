"""What the commands tell on the terminal: how far they are, and what went wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from features.faults import BadDataError
from features.rules_file import RulesError
from features.wording import Language
from serving.batch import OutputError, WantedError
from serving.prepared_store import StoreError
from serving.registered import RegistryError
from serving.settings import ServiceSettings, SettingsError

EXIT_UNFINISHED: Final = 1
EXIT_BAD_INPUT: Final = 2
EXIT_AWAY: Final = 3


def spoken_language(asked: str, settings: ServiceSettings) -> Language:
    """Return the language that was asked for, else the service's."""
    if not asked:
        return settings.language
    return "ja" if asked.lower().startswith("ja") else "en"


@contextmanager
def bar(console: Console, what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how much is done, where somebody watches."""
    columns = (TextColumn(what), BarColumn(bar_width=32), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=total)
        yield lambda count: bars.advance(task, count)


@contextmanager
def told(console: Console, nothing: str) -> Iterator[None]:
    """Tell what went wrong in words and end with a code that scripts can use; nobody is shown a traceback.

    Parameters
    ----------
    console : rich.console.Console
    nothing : str
        What did not happen, where the source is bad.
    """
    try:
        yield
    except BadDataError as error:
        for fault in error.faults:
            say(console, f"{fault.severity} {fault}")
        end(console, nothing, EXIT_BAD_INPUT)
    except (SettingsError, RulesError, WantedError, OutputError) as error:
        end(console, str(error), EXIT_BAD_INPUT)
    except RegistryError as error:
        end(console, f"the model could not be had: {error}", EXIT_AWAY)
    except StoreError as error:
        kind = type(error).__name__
        end(console, f"the database of LEADS_DATABASE_URL does not answer: {kind}; {nothing}", EXIT_AWAY)


def say(console: Console, text: str) -> None:
    """Print a line as it is."""
    console.print(escape(text), highlight=False, soft_wrap=True)


def end(console: Console, message: str, code: int) -> NoReturn:
    """Print what is wrong and end the command."""
    console.print(f"[red]error[/red] {escape(message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(code)
