"""`compare text`: the text of a document, as it is read."""

from __future__ import annotations

import click

from compare.cli.options import configured, fields_option, files, set_option


@click.command("text")
@click.argument("document", metavar="DOCUMENT", shell_complete=files)
@fields_option
@set_option
def command(document: str, *, changes: tuple[str, ...]) -> None:
    """Print the text of a document as it is read and compared: headings, paragraphs and lists in the order of a reader.

    So git shows what was changed in a Word file (docs/how-to-use-with-git.md).

    \b
    compare text story.docx
    compare text saved.html | wc -w
    """  # noqa: D301
    from compare.cli.diff import article  # noqa: PLC0415  # as elsewhere: once the words are parsed
    from compare.text.tokens import body  # noqa: PLC0415

    settings = configured([document], changes).settings
    click.echo(body(article(document, settings)).rstrip("\n"))
