"""searchlib mcp: tools for agents over some indexes, by the Model Context Protocol."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from . import places
from .ending import go_on
from .errors import SUCCESS, Misuse, say
from .options import ExistingFile, examples, subcommand, translate_option

if TYPE_CHECKING:
    from searchlib.agents.catalog import Catalog

_CLIENTS = ("claude", "vscode")
_KEY = "SEARCHLIB_MCP_KEY"
_PACKAGES = ("mcp", "mcp_types")


@subcommand(
    "mcp",
    short_help="Serve tools for agents (MCP).",
    epilog=examples(
        "searchlib mcp                                     your index, over standard input and output",
        "searchlib mcp --index notes --index laws=/srv/l   two indexes, called notes and laws",
        "searchlib mcp --print-config claude               what to paste into a client's settings",
        "searchlib mcp --http --port 8765                  for clients that connect by HTTP",
        "searchlib mcp --write                             agents may add and delete documents, too",
    ),
)
@click.option(
    "--index",
    "-i",
    "folders",
    multiple=True,
    metavar="DIR",
    help="An index's folder, or NAME=DIR (repeatable); SEARCHLIB_INDEX sets one.",
)
@click.option("--write", is_flag=True, help="Offer tools that add and delete documents, too.")
@click.option("--http", "over_http", is_flag=True, help="Serve over streamable HTTP, at /mcp.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where --http listens."
)
@click.option(
    "--port",
    default=8765,
    show_default=True,
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Its port; 0: any that is free.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="KEY",
    help="What clients of --http have to know (repeatable); SEARCHLIB_MCP_KEY sets one.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name that --http is asked by (repeatable).",
)
@click.option(
    "--timeout",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="What a call may take.",
)
@translate_option
@click.option(
    "--synonyms",
    "synonym_files",
    multiple=True,
    type=ExistingFile(),
    metavar="FILE",
    help="Synonyms of your own, in Solr's format (repeatable).",
)
@click.option(
    "--print-config",
    "client",
    type=click.Choice(_CLIENTS),
    help="Print what to paste into a client's settings, and nothing else; claude is for most of them.",
)
def command(
    folders: tuple[str, ...],
    write: bool,
    over_http: bool,
    host: str,
    port: int,
    keys: tuple[str, ...],
    hosts: tuple[str, ...],
    timeout: float,
    dictionaries: tuple[str, ...],
    synonym_files: tuple[str, ...],
    client: str | None,
) -> int:
    """Serve search, read, count and explain as tools for agents, by the Model Context Protocol.

    A client such as Claude Desktop starts it and talks to it over standard input and output; --print-config
    has what to paste there. With --http, clients connect to http://127.0.0.1:8765/mcp; at any other address
    than this machine's own, a --key is needed. Nothing is written unless --write is given, and whatever
    others write is seen at once. It needs the extra: pip install 'searchlib[mcp]'.
    """
    from searchlib.agents.catalog import Catalog

    from .named import names_of
    from .searching import synonyms_of, translations_of

    # click would cut what the environment says where it has a space.
    folders = folders or (os.environ.get(places.VARIABLE) or places.default_index(),)
    keys = keys or tuple(filter(None, [os.environ.get(_KEY)]))
    try:
        named = names_of(folders)
    except ValueError as error:
        raise Misuse(str(error)) from None
    _check_address(over_http, host, keys, hosts)
    if client is not None:
        _print_settings(client, named, write, f"http://{host}:{port}/mcp" if over_http else None, bool(keys))
        return SUCCESS
    _require_package()
    go_on()
    catalog = Catalog(
        named,
        timeout=timeout,
        synonyms=synonyms_of(synonym_files),
        translations=translations_of(dictionaries),
        may_write=write,
    )
    _say_missing(catalog)
    if not over_http:
        from searchlib.agents.stdio import serve_stdio

        if sys.stdin is not None and sys.stdin.isatty():
            say("waiting for a client on standard input (see --print-config); Ctrl-C ends it")
        return serve_stdio(catalog)
    from searchlib.agents.gate import Gate
    from searchlib.agents.http import serve_http

    return serve_http(catalog, Gate(keys, hosts), host, port)


def _check_address(over_http: bool, host: str, keys: tuple[str, ...], hosts: tuple[str, ...]) -> None:
    """Misuse, where somebody would be let in whom nobody meant to."""
    from searchlib.agents.gate import is_loopback

    if not over_http and (hosts or host != "127.0.0.1"):
        raise Misuse("--host and --allow-host are for --http")
    if over_http and any(not key.strip() for key in keys):
        raise Misuse("a key is empty; leave --key out, or give one")
    if over_http and not keys and not is_loopback(host):
        raise Misuse(f"{host} can be reached from other machines: give a --key, or leave out --host")


def _require_package() -> None:
    """Misuse, which says what to install, without the package of the extra."""
    try:
        import mcp.server  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in _PACKAGES:
            raise
        raise Misuse("searchlib mcp needs a package more: pip install 'searchlib[mcp]'") from None


def _say_missing(catalog: Catalog) -> None:
    """Say on stderr which index cannot be opened yet; it is looked for again when it is asked."""
    from searchlib.errors import SearchlibError

    for name, served in catalog.items():
        try:
            served.current()
        except (SearchlibError, OSError) as error:
            say(f"warning: the index {name} is not there yet: {error}")


def _print_settings(client: str, named: dict[str, str], write: bool, url: str | None, has_key: bool) -> None:
    from searchlib.agents.configuring import settings_of

    from .output import write as write_line

    arguments = ["mcp"]
    for name, path in named.items():
        path = os.path.abspath(path)  # noqa: PTH100
        arguments += ["--index", path if name == os.path.basename(path) else f"{name}={path}"]  # noqa: PTH119
    write_line(settings_of(client, [*arguments, *(["--write"] if write else [])], url, has_key))
