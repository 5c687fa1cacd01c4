"""How a server is set up: what it serves, to whom, and within which limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import Record

if TYPE_CHECKING:
    from ..translations.table import Translations
    from .access.key_file import KeyFile
    from .access.keys import Key
    from .access.rates import Rate
    from .watching.logs import LogFormat


class Limits(Record):
    """What one request may cost.

    body_bytes: of a JSON body; upload_bytes: of a stream of documents. search_seconds: what a search may take
    at most, whatever it asks for. concurrent: searches that run at a time; queued: how many wait for their
    turn, before a request is refused with 503. hits: of one answer; answer_bytes: of the documents in an
    answer to a program, as they are stored; page_bytes: of those in any other answer. body_seconds: how long
    a client may take to send the next piece of a body.

    bodies_bytes: of all bodies that are held at a time. spare_bytes: of memory, which are left free. rate:
    requests of a key, or of an address; None: any number. connections: at a time. head_seconds: from the
    first byte of a request to the end of its headers; head_bytes: of these. idle_seconds: between two
    requests. write_seconds: a client that takes nothing of its answer for so long is hung up on.
    stop_seconds: what is waited for at the end.
    """

    body_bytes: int = 1 << 20
    upload_bytes: int = 1 << 30
    search_seconds: float = 10.0
    concurrent: int = 0
    queued: int = 256
    hits: int = 1000
    answer_bytes: int = 8 << 20
    body_seconds: float = 20.0
    page_bytes: int = 16 << 20
    bodies_bytes: int = 256 << 20
    spare_bytes: int = 128 << 20
    rate: Rate | None = None
    connections: int = 2000
    head_seconds: float = 10.0
    head_bytes: int = 64 << 10
    idle_seconds: float = 30.0
    write_seconds: float = 30.0
    stop_seconds: float = 15.0


class Settings(Record):
    """A server's whole configuration.

    indexes: folders by the names that they are served under. root: a folder whose subfolders are served, too,
    and where new indexes are made. refresh_seconds: how soon a commit of another process is seen.
    writable: whether anything may be written. cors: origins that browsers may ask from.
    keys: who may ask; without any, everybody may do everything, and the server is for this machine alone.
    keys_file: where these were read, which is read anew when it changes.
    translations: what `translate` has words translated by.
    allow_hosts: further names of this server. unix: a socket in the file system, in place of host and port.
    log: lines for requests. slow_ms: searches that take longer are logged. audit: a file for lines of writes.
    """

    indexes: dict[str, str]
    root: str | None = None
    host: str = "127.0.0.1"
    port: int = 7700
    refresh_seconds: float = 0.5
    writable: bool = True
    cors: tuple[str, ...] = ()
    limits: Limits = Limits()
    translations: Translations | None = None
    keys: tuple[Key, ...] = ()
    keys_file: KeyFile | None = None
    allow_hosts: tuple[str, ...] = ()
    unix: str | None = None
    log: LogFormat = "off"
    slow_ms: float | None = 1000.0
    audit: str | None = None
