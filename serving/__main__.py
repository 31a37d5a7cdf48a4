"""The commands: ``python -m serving serve``, ``settings``, ``key``, ``keys``, ``score`` and others."""

import typer

from serving.forget_command import forget_command
from serving.key_command import key_command, keys_command
from serving.monitoring.command import monitor_command
from serving.outcomes_command import outcomes_command
from serving.score_command import score_command
from serving.serve_command import serve_command
from serving.settings_table import settings_command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
app.command("serve")(serve_command)
app.command("settings")(settings_command)
app.command("key")(key_command)
app.command("keys")(keys_command)
app.command("score")(score_command)
app.command("outcomes")(outcomes_command)
app.command("forget")(forget_command)
app.command("monitor")(monitor_command)

if __name__ == "__main__":
    app()
