"""The options of `searchlib serve` that say who may ask, how much, and what is written down of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..records import Record
from .errors import SUCCESS, say

if TYPE_CHECKING:
    from searchlib.serve.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Guard(Record):
    """What these options were given."""

    keys: tuple[str, ...]
    keys_file: str | None
    allow_hosts: tuple[str, ...]
    cors: tuple[str, ...]
    rate: str | None
    timeout: float
    unix: str | None
    log: str
    slow_ms: float
    audit: str | None

    def settings(self, settings: Settings) -> Settings:
        """The settings with them; click's error for what cannot be."""
        from searchlib.serve.access.hosts import checked_name, checked_origin
        from searchlib.serve.access.key_checks import check_keys
        from searchlib.serve.access.key_file import KeyFile
        from searchlib.serve.access.keys import key_of_text
        from searchlib.serve.access.rates import Rate

        try:
            keys = [key_of_text(text) for text in self.keys]
            file = None
            if self.keys_file is not None:
                file = KeyFile(self.keys_file, keys)
                keys = list(file.keys)
                if file.is_open_to_others:
                    say(f"warning: others may read {self.keys_file}: chmod 600, or hashes in place of keys")
            for warning in check_keys(keys, settings):
                say(f"warning: {warning}")
            cors, allow_hosts = map(checked_origin, self.cors), map(checked_name, self.allow_hosts)
            settings = settings.replace(cors=tuple(cors), allow_hosts=tuple(allow_hosts))
            rate = None if self.rate is None else Rate.of_text(self.rate)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        return settings.replace(
            keys=tuple(keys),
            keys_file=file,
            unix=self.unix,
            log=self.log,
            slow_ms=self.slow_ms or None,
            audit=self.audit,
            limits=settings.limits.replace(rate=rate, search_seconds=self.timeout),
        )

    def make_key(self) -> int:
        """Print a new key, and how a file of keys has it."""
        from searchlib.serve.access.keys import new_key

        key, hashed = new_key()
        click.echo(key)
        say("give it to who may ask. In a file for --keys, its hash is enough:")
        for line in ("[[keys]]", 'name = "site"', 'scopes = ["search"]', f'hash = "{hashed}"'):
            say(f"    {line}")
        return SUCCESS


def guard_options(command: _Command) -> Callable[..., Any]:
    """The options; the command gets them as `guard`, and `make_key`."""

    @functools.wraps(command)
    def with_guard(**given: Any) -> Any:
        guard = Guard(**{name: given.pop(name) for name in Guard.field_names()})
        return command(guard=guard, **given)

    for option in reversed(_OPTIONS):
        with_guard = option(with_guard)
    return with_guard


_OPTIONS = (
    click.option(
        "--key",
        "keys",
        multiple=True,
        metavar="[SCOPE=]KEY",
        envvar="SEARCHLIB_KEY",
        help="Ask for this key (repeatable); scopes: search, read, write, admin, joined by +; all if none.",
    ),
    click.option(
        "--keys",
        "keys_file",
        metavar="FILE",
        envvar="SEARCHLIB_KEYS_FILE",
        type=click.Path(exists=True, dir_okay=False),
        help="Ask for one of the keys in this file (TOML or JSON), which is read anew when it changes.",
    ),
    click.option("--make-key", is_flag=True, help="Print a new key, and do nothing else."),
    click.option(
        "--allow-host",
        "allow_hosts",
        multiple=True,
        metavar="NAME",
        help="A further name that the server goes by (repeatable), as behind a proxy.",
    ),
    click.option(
        "--cors",
        multiple=True,
        metavar="ORIGIN",
        help="Let pages of https://this.origin ask (repeatable); * for all.",
    ),
    click.option("--rate", metavar="N/s", help="Requests of a key or an address: 50/s, 300/m, 1000/h."),
    click.option(
        "--timeout",
        default=10.0,
        show_default=True,
        metavar="SECONDS",
        type=click.FloatRange(0, min_open=True),
        help="What a search may take.",
    ),
    click.option("--unix", metavar="SOCKET", help="Listen on a socket in the file system, not on a port."),
    click.option(
        "--log",
        default="off",
        show_default=True,
        type=click.Choice(["off", "text", "json"]),
        help="A line on stderr for each request.",
    ),
    click.option(
        "--slow-ms",
        default=1000.0,
        show_default=True,
        metavar="MS",
        type=click.FloatRange(0),
        help="Write down searches that take longer; 0: none.",
    ),
    click.option("--audit", metavar="FILE", help="Write a line for each write to this file, not to stderr."),
)
