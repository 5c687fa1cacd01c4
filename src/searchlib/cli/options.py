"""The options that several commands have. Nothing is opened here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import places
from .commands import AT_SERVERS, FOR_COLLECTIONS
from .completing import field_names
from .declaring import INDEX_IS_NAMED
from .declaring import examples as examples
from .declaring import subcommand as subcommand
from .errors import INDEX_PATH

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    ParamType = click.ParamType[Any]
else:
    ParamType = click.ParamType  # generic since click 8.4

_Command = TypeVar("_Command", bound=Callable[..., Any])


class ExistingFile(ParamType):
    """click.Path, made when a path is given."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, if a file is there; click's own error if none is."""
        return click.Path(exists=True, dir_okay=False).convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Files."""
        return click.Path(dir_okay=False).shell_complete(ctx, param, incomplete)


def index_option(command: _Command) -> _Command:
    """--index, or SEARCHLIB_INDEX, or that of places.py; the path is `index_path`."""
    return click.option(
        "--index",
        "-i",
        "index_path",
        metavar="DIR|URL",
        envvar=places.VARIABLE,
        show_default=places.SHOWN,
        callback=_remember,
        shell_complete=_complete_folders,
        help="The index's folder, or http://host:port/name; SEARCHLIB_INDEX sets it too.",
    )(command)


def json_option(command: _Command) -> _Command:
    """--json: one JSON object a line; the flag is `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(command)


def ranking_option(default: str | None, shown: str) -> Callable[[_Command], _Command]:
    """--ranking: what counts besides BM25, as Index.search takes it."""
    return click.option(
        "--ranking",
        default=default,
        show_default=shown,
        type=click.Choice(["default", "rich", "bm25"]),
        help="default: words of one root and exact forms count, too; rich: neighbours as well; bm25: none.",
    )


def expand_option(command: _Command) -> _Command:
    """--expand: what is added to a query, as Index.search takes it; None for nothing."""
    return click.option(
        "--expand",
        type=click.Choice(["bo1"]),
        help="bo1: add the words that the ten best documents have in common, for searches by subject.",
    )(command)


def filter_option(command: _Command) -> _Command:
    """--filter: what else a document must have, once or several times; the texts are `filters`."""
    return click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="QUERY",
        help="Only documents that this query finds, too; it does not score (repeatable).",
    )(command)


def timeout_option(help_text: str) -> Callable[[_Command], _Command]:
    """--timeout: seconds, or None."""
    return click.option(
        "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help=help_text
    )


def field_option(command: _Command) -> _Command:
    """--field: the names, as they were given, are `fields`."""
    return click.option(
        "--field",
        "-f",
        "fields",
        multiple=True,
        metavar="NAME",
        shell_complete=field_names,
        help="Search this field only (repeatable).",
    )(command)


def query_options(command: _Command) -> _Command:
    """What words mean: `fields`, `cross_script`, `synonym_files`, `dictionaries`, `syntax`, `strict`."""
    cross_script = click.option(
        "--cross-script",
        is_flag=True,
        help="Find names in the other script too, and known synonyms: ОДКБ, CSTO.",
    )
    synonyms = click.option(
        "--synonyms",
        "synonym_files",
        multiple=True,
        type=ExistingFile(),
        metavar="FILE",
        help="Synonyms of your own, in Solr's format (repeatable).",
    )
    strict = click.option(
        "--strict",
        is_flag=True,
        help="Refuse unknown fields, wrong values and what is not closed; else they are read as text.",
    )
    with_dictionaries = translate_option(syntax_option("query")(strict(command)))
    return field_option(cross_script(synonyms(with_dictionaries)))


def translate_option(command: _Command) -> _Command:
    """--translate: the dictionaries' paths are `dictionaries`."""
    return click.option(
        "--translate",
        "dictionaries",
        multiple=True,
        type=ExistingFile(),
        metavar="FILE",
        help="Find words of the other language by this dictionary, and names (repeatable).",
    )(command)


def syntax_option(default: str) -> Callable[[_Command], _Command]:
    """--syntax: whether a text is a query, or words alone."""
    return click.option(
        "--syntax",
        default=default,
        show_default=True,
        type=click.Choice(["query", "plain"]),
        help="plain: words alone, no operators, fields, quotes or patterns.",
    )


class _Languages(click.Option):
    """Its default is that of a Text field, which is asked when the command runs or tells of itself."""

    def get_default(self, ctx: click.Context, call: bool = True) -> str:
        import searchlib

        return ",".join(searchlib.Text().languages)


def languages_option(help_text: str) -> Callable[[_Command], _Command]:
    """--languages CODES, by commas."""
    return click.option("--languages", cls=_Languages, show_default=True, metavar="CODES", help=help_text)


def bm25_options(command: _Command) -> _Command:
    """--k1 and --b, as a Text field has them."""
    k1 = _number("--k1", default=1.2, type=click.FloatRange(0), help="BM25's saturation.")
    b = _number("--b", default=0.75, type=click.FloatRange(0, 1), help="BM25's length normalisation.")
    return k1(b(command))


def writer_options(command: _Command) -> _Command:
    """--memory and --threads: `memory_mb` and `threads`, as Index.writer takes them."""
    memory = _number(
        "--memory",
        "memory_mb",
        default=256,
        type=click.IntRange(1),
        metavar="MB",
        help="Documents kept in memory.",
    )
    threads = _number(
        "--threads",
        default=1,
        type=click.IntRange(1, 256),
        metavar="N",
        help="Threads that work beside the one that reads.",
    )
    return memory(threads(command))


def _number(
    *names: str, default: float, type: click.IntRange | click.FloatRange, help: str, metavar: str = "X"
) -> Callable[[_Command], _Command]:
    """An option that is a number and has a default, which its help shows."""
    return click.option(*names, default=default, show_default=True, type=type, metavar=metavar, help=help)


def quiet_option(command: _Command) -> _Command:
    """--quiet: the flag is `quiet`, and -q is nothing else in any command."""
    return click.option("--quiet", "-q", is_flag=True, help="Print results and errors alone.")(command)


def _remember(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value == "":
        raise click.BadParameter("the path of the index is empty")
    if value is not None and places.is_url(value) and ctx.command.name not in AT_SERVERS:
        raise click.BadParameter(
            f"{ctx.command.name} works on the files of an index: run it where they are, and give their folder"
        )
    if value is not None and places.is_collection(value) and ctx.command.name not in FOR_COLLECTIONS:
        raise click.BadParameter(
            f"{value} is a collection of several shards, and {ctx.command.name} is for one index: `searchlib "
            f"add` and `rm` change a collection's documents, `searchlib cluster build` makes one anew"
        )
    ctx.meta[INDEX_IS_NAMED] = value is not None
    path = ctx.meta[INDEX_PATH] = places.default_index() if value is None else value
    return path


def files_of_shell(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, as the shell completes them."""
    return click.Path().shell_complete(ctx, parameter, incomplete)


def _complete_folders(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return click.Path(file_okay=False).shell_complete(ctx, parameter, incomplete)
