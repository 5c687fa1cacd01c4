"""Answers in zstd or gzip, as the client takes them: what is compressed, and by which of the two libraries.

What is short, or compressed already, goes as it is. (Who can make a victim's browser ask and sees the lengths
may guess what stands beside his own words in an answer: BREACH. Nothing secret of a user's stands in ours.)
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Protocol

LEAST_BYTES = 1024
_ZSTD_LEVEL, _GZIP_LEVEL = 3, 5
_TYPES = ("application/json", "application/problem+json", "application/x-ndjson", "text/", "image/svg+xml")


class Compressor(Protocol):
    """What both libraries have."""

    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self, mode: int = ..., /) -> bytes: ...


@lru_cache(maxsize=64)
def is_compressible(media_type: bytes) -> bool:
    """Whether a Content-Type is one of text."""
    kind = media_type.decode("latin-1").partition(";")[0].strip().lower()
    return kind.startswith(_TYPES) and kind != "text/event-stream"


def new_compressor(coding: str) -> Compressor:
    """One for one answer. coding: "gzip" or "zstd"."""
    if coding == "gzip":
        return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    import zstandard

    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()


def compressed(compressor: Compressor, coding: str, body: bytes, goes_on: bool) -> bytes:
    """The next piece of an answer; of one that goes on, all that the client can read so far."""
    done = compressor.compress(body)
    if not goes_on:
        return done + compressor.flush()
    if coding == "gzip":
        return done + compressor.flush(zlib.Z_SYNC_FLUSH)
    import zstandard

    return done + compressor.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


@lru_cache(maxsize=256)
def chosen_coding(accepted: str) -> str:
    """What is sent: the one of zstd and gzip that the client likes better, of equals zstd; "" for neither."""
    weights: dict[str, float] = {}
    for each in accepted.lower().split(","):
        name, _, parameters = each.strip().partition(";")
        weight = parameters.strip().removeprefix("q=").strip() if parameters.strip().startswith("q=") else "1"
        try:
            weights[name.strip()] = float(weight)
        except ValueError:
            weights[name.strip()] = 0.0
    wild = weights.get("*", 0.0)
    zstd, gzip = weights.get("zstd", wild), weights.get("gzip", wild)
    if max(zstd, gzip) <= 0:
        return ""
    return "zstd" if zstd >= gzip else "gzip"
