"""`compare completion`: what a shell needs to complete our commands."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
@click.option(
    "--name", type=click.Choice(["compare", "compare-text"]), default="compare", show_default=True,
    help="The command to complete, where ImageMagick's `compare` stands in the way.",
)  # fmt: skip
@click.pass_context
def command(context: click.Context, shell: str, name: str) -> None:
    """Print the script that completes commands, options and paths in a shell.

    \b
    bash   eval "$(compare completion bash)"     in ~/.bashrc
    zsh    eval "$(compare completion zsh)"      in ~/.zshrc, after compinit
    fish   compare completion fish | source      in ~/.config/fish/config.fish
    """  # noqa: D301  # click's \b keeps the lines
    click.echo(script(context.find_root().command, shell, name))


def script(group: click.Command, shell: str, name: str) -> str:
    """The script of a shell; it asks the command by `_COMPARE_COMPLETE` whatever it goes by. No process is started."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415  # for this command alone

    kind = get_completion_class(shell)
    if kind is None:  # click knows all three
        raise AssertionError(shell)
    maker = kind(group, {}, name, "_COMPARE_COMPLETE")
    return (maker.source_template % maker.source_vars()).strip()
