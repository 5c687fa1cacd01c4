"""How a server is set up: what it serves, to whom, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """What one request may cost.

    body_bytes: of a JSON body; upload_bytes: of a stream of documents. search_seconds: what a search may take
    at most, whatever it asks for. concurrent: searches that run at a time; queued: how many wait for their
    turn, before a request is refused with 503. hits: of one answer; answer_bytes: of the documents in an
    answer to a program, as they are stored. body_seconds: how long a client may take to send the next piece
    of a body.
    """

    body_bytes: int = 1 << 20
    upload_bytes: int = 1 << 30
    search_seconds: float = 10.0
    concurrent: int = 0
    queued: int = 256
    hits: int = 1000
    answer_bytes: int = 8 << 20
    body_seconds: float = 20.0


@dataclass(frozen=True)
class Settings:
    """A server's whole configuration.

    indexes: folders by the names that they are served under. root: a folder whose subfolders are served, too,
    and where new indexes are made. refresh_seconds: how soon a commit of another process is seen.
    writable: whether anything may be written. cors: origins that browsers may ask from.
    """

    indexes: dict[str, str]
    root: str | None = None
    host: str = "127.0.0.1"
    port: int = 7700
    refresh_seconds: float = 0.5
    writable: bool = True
    cors: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    translations: tuple[str, ...] = ()
    json_logs: bool = False
