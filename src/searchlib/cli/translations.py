"""searchlib translations: a dictionary of the user's, made into a table that loads in milliseconds."""

from __future__ import annotations

import os

import click

from .declaring import OwnHelp, examples, subcommand
from .errors import SUCCESS
from .options import ExistingFile

ENDING = ".translations"


class _Group(OwnHelp, click.Group):
    """The commands about translations."""


@click.group(
    "translations",
    cls=_Group,
    short_help="Prepare a dictionary for --translate.",
    epilog=examples("searchlib translations build wn-data-rus.tab"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """Dictionaries for --translate of query, explain and eval."""


@subcommand(
    "build",
    short_help="Make a table that loads in milliseconds.",
    epilog=examples(
        "searchlib translations build wn-data-rus.tab                    Open Multilingual WordNet's",
        "searchlib translations build /usr/share/dictd/mueller7.index    a dictionary of dictd",
        "searchlib translations build en-ru.ifo --out en-ru.translations a dictionary of StarDict",
        "searchlib query elections --translate wn-data-rus.translations",
    ),
)
@click.argument("path", metavar="FILE", type=ExistingFile())
@click.option(
    "--out", "-o", metavar="FILE", help="The table; else FILE's name with .translations, in this folder."
)
def build(path: str, out: str | None) -> int:
    """Make a table of the dictionary FILE: Open Multilingual WordNet's .tab, dictd's .index and .dict,
    StarDict's .ifo, .idx and .dict, or lines of word, tab, translation.

    --translate takes FILE itself as well, but reads all of it for each query. A table is for the searchlib
    that made it; another version asks for a new one.
    """
    import gc

    from searchlib import Translations

    from .errors import say
    from .output import one_line, plural, write

    gc.disable()  # hundreds of thousands of tuples, and no cycle: walking them takes longer than making them
    made = Translations.load(path)
    target = out or os.path.splitext(os.path.basename(path))[0] + ENDING  # noqa: PTH119, PTH122
    made.save(target)
    write(f"{one_line(target)}: {plural(len(made), 'word')}")
    if made.left_out:
        reasons = (f"{number:,} × {reason}" for reason, number in made.left_out.items())
        say(f"left out: {', '.join(reasons)}")
    return SUCCESS


command.add_command(build)
