"""An object store by its URL: bytes put, got and listed, and refusals in words of ours. obstore does the
work.

It tries again by itself what failed on the way: a 500, a connection that broke.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import ObjectStoreError

SCHEMES = ("s3://", "s3a://", "gs://", "az://", "file://")
_NEEDED = "collections in object stores need obstore: pip install 'searchlib[cluster]'"
_CHUNK_BYTES = 8 << 20


def is_url(location: str | os.PathLike[str]) -> bool:
    """Whether it names an object store, and no folder."""
    return isinstance(location, str) and location.startswith(SCHEMES)


class Stamped(NamedTuple):
    """A small object, and what tells it from the next one of its name."""

    data: bytes
    stamp: Any


class Objects:
    """The objects under a URL. Keys and endpoints are those of the environment, as AWS_ACCESS_KEY_ID.

    retry_seconds: how long what fails is tried again.
    Raises ObjectStoreError, here and in all that follows.
    """

    def __init__(self, url: str, *, retry_seconds: float = 60.0) -> None:
        try:
            import obstore
            import obstore.exceptions
            import obstore.store
        except ModuleNotFoundError:
            raise ObjectStoreError(_NEEDED) from None
        if not is_url(url):
            raise ObjectStoreError(f"an object store has a URL, like s3://bucket/news, got {url!r:.200}")
        self.url = url.rstrip("/")
        self._obstore = obstore
        retry: Any = {
            "max_retries": 30,
            "retry_timeout": timedelta(seconds=retry_seconds),
            "backoff": {"init_backoff": timedelta(milliseconds=50), "max_backoff": timedelta(seconds=5)},
        }
        with self._refusing("reach"):
            if url.startswith("file://"):
                self._store: Any = obstore.store.from_url(self.url, mkdir=True)
            else:
                self._store = obstore.store.from_url(self.url, retry_config=retry)

    def get(self, name: str) -> Stamped | None:
        """A small object; None if it is not there."""
        with self._refusing("read", name):
            try:
                result = self._obstore.get(self._store, name)
            except (self._obstore.exceptions.NotFoundError, FileNotFoundError):
                return None
            told = {name: result.meta.get(name) for name in ("e_tag", "version")}
            stamp = {name: value for name, value in told.items() if value is not None}
            return Stamped(bytes(result.bytes()), stamp)
        return None

    def pieces(self, name: str) -> Iterator[bytes] | None:
        """The bytes of an object, one piece after the other; None if it is not there."""
        with self._refusing("read", name):
            try:
                result = self._obstore.get(self._store, name)
            except (self._obstore.exceptions.NotFoundError, FileNotFoundError):
                return None
            return self._pieces(name, result)
        return None

    def _pieces(self, name: str, result: Any) -> Iterator[bytes]:
        with self._refusing("read", name):
            for piece in result.stream(min_chunk_size=_CHUNK_BYTES):
                yield bytes(piece)

    def put_file(self, name: str, path: Path) -> None:
        """Make an object of a file. It is there whole, or not at all."""
        with self._refusing("write", name):
            self._obstore.put(self._store, name, path)

    def replace(self, name: str, data: bytes, before: Stamped | None) -> bool:
        """Put a small object in place of the one that was got; False if there is another one by now."""
        errors = self._obstore.exceptions
        mode: Any = "create" if before is None else before.stamp
        if before is not None and self.url.startswith("file://"):  # which knows no condition
            mode = "overwrite"
        with self._refusing("write", name):
            try:
                self._obstore.put(self._store, name, data, mode=mode, use_multipart=False)
            except (errors.AlreadyExistsError, errors.PreconditionError, FileExistsError):
                now = self.get(name)  # what was tried again may have been done before
                return now is not None and now.data == data
        return True

    def sizes(self, prefix: str) -> dict[str, int]:
        """The objects below a name, and their bytes."""
        with self._refusing("list", prefix):
            found = (each for batch in self._obstore.list(self._store, prefix) for each in batch)
            return {each["path"]: each["size"] for each in found}
        return {}

    def ages(self, prefix: str) -> dict[str, float]:
        """The objects below a name, and when each was written, as time.time() counts."""
        with self._refusing("list", prefix):
            found = (each for batch in self._obstore.list(self._store, prefix) for each in batch)
            return {each["path"]: each["last_modified"].timestamp() for each in found}
        return {}

    def remove(self, names: list[str]) -> None:
        """Remove objects; what is not there is removed already."""
        if names:
            with self._refusing("remove", names[0]):
                self._obstore.delete(self._store, names)

    @contextmanager
    def _refusing(self, what: str, name: str = "") -> Iterator[None]:
        where = f"{self.url}/{name}" if name else self.url
        try:
            yield
        except (self._obstore.exceptions.BaseError, OSError, ValueError) as error:
            said = str(error).partition("\n")[0][:300]
            raise ObjectStoreError(
                f"cannot {what} {where}: {said}; check the URL, the keys in the environment and the network"
            ) from error
