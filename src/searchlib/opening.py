"""searchlib.open: an index wherever it is, in a folder, on a server, or in several shards."""

from __future__ import annotations

import os

from .errors import IndexNotFoundError, NotAnIndexError
from .index import Index, PathLike
from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from .storage.directory import Verify


def open(
    path: PathLike, *, verify: Verify = "map", auto_refresh: bool | float = False, key: str | None = None
) -> Index:
    """The index at that path: see Index.open. Or one of a server: http://host:port/name. Or a collection: its
    folder, the file of its workers' addresses, ray://host:port/name, or the URL of an object store, of which
    a copy is brought up to date first (docs/cluster.md).

    What a URL gives is a RemoteIndex, and of a collection a Collection. Both have what an Index has for
    reading, and are typed as one, so that a program asks each without knowing which. What is elsewhere
    follows commits, whatever `verify` and `auto_refresh` say.

    key: what the server asks for; None: SEARCHLIB_KEY, if that is set.
    Raises IndexNotFoundError, NotAnIndexError, CorruptIndexError, IndexTooOldError, IndexTooNewError; of a
    URL ServerUnavailableError, AccessDeniedError, ServerAddressError, ServerError.
    """
    if isinstance(path, str) and path.startswith(("http://", "https://")):
        from .client.client import opened

        remote: Any = opened(path, (os.environ.get("SEARCHLIB_KEY") or None) if key is None else key)
        index: Index = remote
        return index
    try:
        return Index.open(path, verify=verify, auto_refresh=auto_refresh)
    except (NotAnIndexError, IndexNotFoundError):
        where = _collection_at(path)
        if where is None:
            raise
    from .cluster.cluster import Cluster

    _check_file(os.fspath(where))
    return Cluster.connect(where, auto_refresh=auto_refresh)  # type: ignore[return-value]


def _check_file(path: str) -> None:
    """NotAnIndexError for a file that says nothing of shards: who named it meant an index."""
    from .cluster.fleets.addresses import read_addresses
    from .cluster.manifest import COLLECTION
    from .errors import ClusterError

    if os.path.isfile(path) and os.path.basename(path) != COLLECTION:  # noqa: PTH113, PTH119
        try:
            read_addresses(path)
        except ClusterError as error:
            raise NotAnIndexError(str(error)) from None


def _collection_at(path: PathLike) -> PathLike | None:
    """Where to connect to, if shards answer there, or a file says where; of an object store a copy."""
    from .cluster.manifest import COLLECTION, newest_kept
    from .cluster.stores.objects import is_url
    from .cluster.stores.syncing import located

    text = os.fspath(path)
    if is_url(text):
        return located(text)
    is_there = os.path.isfile(text) or os.path.exists(os.path.join(text, COLLECTION))  # noqa: PTH110, PTH113, PTH118
    return path if is_there or text.startswith("ray://") or newest_kept(text) else None
