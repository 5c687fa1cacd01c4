"""Every error that searchlib raises on purpose, in one tree.

    SearchlibError
    ├── SchemaError                 a schema, or a field's option, that cannot be
    │   └── FieldChangeError        …for the documents that are there; has .field, .id, .value and .count
    ├── DocumentError               a document that does not fit its schema; nothing was changed
    ├── QueryError                  a query that cannot be answered; has .position
    │   ├── UnknownFieldError       …because it names a field that the schema lacks
    │   ├── QueryTooComplex         …because it passes a limit on its size
    │   └── CursorError             …because its `after` is no place in its order
    ├── SearchTimeout               a search that did not end in the time that it was given; has .timeout
    ├── SourceError                 a file or stream that cannot be read as documents
    ├── IndexNotFoundError          no index at this path
    ├── IndexExistsError            an index is already there
    ├── NotAnIndexError             the folder holds other things; searchlib leaves them alone
    ├── IndexVersionError           the index was written in another format
    │   ├── IndexTooOldError
    │   └── IndexTooNewError
    ├── AnalyzerMismatchError       made by other dictionaries or rules; reading warns, writing raises
    ├── CorruptIndexError           bytes on disk are not what was written; has .file and .part
    ├── LockError                   another writer holds the index
    ├── CommitUncertainError        a commit may or may not have become durable
    ├── ClosedError                 the object was closed
    ├── ObjectStoreError            an object store that cannot be reached, or refuses
    ├── BuildError                  a collection that cannot be built where its tasks are to run
    ├── ServerError                 a server that refuses, fails, or is none of searchlib's; has .status
    │   ├── ServerUnavailableError  …because it is not there, is too busy, or went away
    │   ├── AccessDeniedError       …because the key is missing, or does not allow it
    │   └── ServerAddressError      a URL or a key that cannot be one: nothing was asked (a ValueError, too)
    ├── ClusterError                workers that cannot be started or placed, or an address of none
    │   └── NotOfCollectionsError   …or what an index has and a collection has not (an AttributeError, too)
    ├── ShardUnavailableError       no replica of some shards of a cluster answers; has .shards and .tried
    │   ├── ShardBusyError          …because all have more to do than they take
    │   └── ShardVersionError       …because none has the version that is asked for, or all have no common one
    └── CoreMismatchError           the compiled core is missing, or of another version than the Python code

Messages say what was expected, what came, and what to do. Nothing else is known here.
"""

from __future__ import annotations

from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn


def assert_never(node: NoReturn) -> NoReturn:
    """Where a case distinction over nodes ends: for mypy, a kind that is left is an error.

    A node that is none, in a tree made by hand, is a QueryError.
    """
    raise QueryError(
        f"expected one of the nodes of searchlib.query or searchlib.plan, got a {type(node).__name__}"
    )


def brief(value: object, length: int = 100) -> str:
    """The beginning of a value's repr, for messages: at once, whatever its size and depth."""
    if isinstance(value, (str, bytes)):
        return repr(value[:length])[:length]
    import reprlib  # only what goes wrong is shown

    try:
        return reprlib.repr(value)[:length]
    except Exception:  # an int beyond what Python writes out, or a value with a repr of its own that fails
        return f"a value of type {type(value).__name__}"


class SearchlibError(Exception):
    """The root: `except SearchlibError` catches all that searchlib raises on purpose."""


class SchemaError(SearchlibError, ValueError):
    """A schema, or an option of one of its fields, that cannot be."""


class FieldChangeError(SchemaError):
    """A field that cannot become what was asked for, because of what the documents have in it.

    field: its name. id, value: those of the first document that has a value which does not suit; None where
    values are not known, since the field is not stored. count: how many documents are concerned.
    """

    def __init__(
        self, message: str = "", field: str = "", id: str | None = None, value: object = None, count: int = 0
    ) -> None:
        super().__init__(message)
        self.field, self.id, self.value, self.count = field, id, value, count


class DocumentError(SearchlibError, ValueError):
    """A document that does not fit its schema. It was refused whole; nothing was changed."""


class QueryError(SearchlibError, ValueError):
    """A query that cannot be answered; `position` is the code point of the query where it shows, or None."""

    def __init__(self, message: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


class UnknownFieldError(QueryError):
    """A query, or a call, that names a field which the schema does not have."""


class QueryTooComplex(QueryError):
    """A query that passes a limit on its size."""


class CursorError(QueryError):
    """An `after=` that is no cursor, or one of another order, or whose document is needed and gone."""


class SearchTimeout(SearchlibError, TimeoutError):
    """A search that did not end within `timeout` seconds. Nothing is lost: search again, with more time."""

    def __init__(self, message: str = "", timeout: float | None = None) -> None:
        super().__init__(message)
        self.timeout = timeout


class SourceError(SearchlibError, ValueError):
    """A file, a line of a file, or a stream that cannot be read as documents."""


class IndexNotFoundError(SearchlibError, FileNotFoundError):
    """There is no index at the given path."""


class IndexExistsError(SearchlibError, FileExistsError):
    """An index is already at the given path."""


class NotAnIndexError(SearchlibError):
    """The folder is not empty and is not an index; searchlib neither writes nor deletes there."""


class IndexVersionError(SearchlibError):
    """The index was written in a format that this version does not read."""


class IndexTooOldError(IndexVersionError):
    """The index's format is older than the oldest one that this version reads."""


class IndexTooNewError(IndexVersionError):
    """The index's format is newer than this version."""


class AnalyzerMismatchError(SearchlibError):
    """The index was made with other dictionaries or rules than the ones installed here."""


class AnalyzerMismatchWarning(UserWarning):
    """Warns a reader of what AnalyzerMismatchError refuses to a writer."""


class CorruptIndexError(SearchlibError):
    """Bytes on disk are not the bytes that were written. `file` and `part` say which."""

    def __init__(self, message: str, file: str = "", part: str = "") -> None:
        super().__init__(message)
        self.file = file
        self.part = part


class LockError(SearchlibError):
    """Another writer, in this process or another, holds the index."""


class CommitUncertainError(SearchlibError):
    """The operating system failed in the last step of a commit; reopen to see which state is on disk."""


class ClosedError(SearchlibError):
    """The writer or index was closed, or ended by an earlier error."""


class ObjectStoreError(SearchlibError):
    """An object store cannot be reached or refuses; nothing half done is seen by anyone: try again."""


class BuildError(SearchlibError):
    """A collection could not be built where its tasks were to run. What was done stays: build again."""


class ServerError(SearchlibError):
    """What a server answered that no error of the library says; `status` is that of HTTP, or None."""

    def __init__(self, message: str = "", status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class ServerUnavailableError(ServerError, ConnectionError):
    """The server cannot be reached, is too busy, or went away. Reading may be tried again; of a write that
    ended so it is not known whether it was done."""


class AccessDeniedError(ServerError, PermissionError):
    """The server wants a key, or another one."""


class ServerAddressError(ServerError, ValueError):
    """A URL that is none of a server or of its index, or a key that cannot be one; nothing was asked."""


class ClusterError(SearchlibError):
    """Workers of a cluster that cannot be started or placed, or an address at which there cannot be any."""


class PlacementWarning(UserWarning):
    """Replicas of a shard share a machine: when it goes, they go together."""


class NotOfCollectionsError(ClusterError, AttributeError):
    """What an Index has, and a collection of several shards has not."""


class ShardUnavailableError(SearchlibError, ConnectionError):
    """Some shards of a cluster have no replica that answers. Nothing is lost: ask again.

    shards: their numbers. tried: for each of them the replicas that were asked and what came of it.
    """

    def __init__(
        self, message: str = "", shards: tuple[int, ...] = (), tried: dict[int, tuple[str, ...]] | None = None
    ) -> None:
        super().__init__(message)
        self.shards, self.tried = shards, tried or {}


class ShardBusyError(ShardUnavailableError):
    """All replicas of some shards have as many requests waiting as they take."""


class ShardVersionError(ShardUnavailableError):
    """No replica of some shards has the version that was asked for; or no version is there on all shards."""


class CoreMismatchError(SearchlibError, ImportError):
    """The compiled core cannot be loaded, or is of another version than the Python code around it."""
