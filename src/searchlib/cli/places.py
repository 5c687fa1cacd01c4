"""Which index a command works on, where neither --index nor SEARCHLIB_INDEX names one.

Each person has one, in the folder of their data; where a folder has indexes/default, that comes first.
"""

from __future__ import annotations

import os

VARIABLE = "SEARCHLIB_INDEX"
COLLECTION = "collection.json"
"""What the manifest of a collection is called."""

COMPLETION = "_SEARCHLIB_COMPLETE"
"""What a shell sets when it asks for completions."""

HERE = os.path.join("indexes", "default")  # noqa: PTH118 (pathlib takes longer to load than a search)
SHOWN = "indexes/default if it is there, else ~/.local/share/searchlib/default"


def personal() -> str:
    """The person's own: searchlib/default in $XDG_DATA_HOME, or in ~/.local/share."""
    data = os.environ.get("XDG_DATA_HOME", "")
    if not data.startswith(os.sep):  # the specification has others passed over
        data = os.path.expanduser("~/.local/share")  # noqa: PTH111
    return os.path.join(data, "searchlib", "default")  # noqa: PTH118


def is_url(path: str) -> bool:
    """Whether an index is named by the URL of a server, or of a collection that Ray serves."""
    return path.startswith(("http://", "https://", "ray://"))


def is_collection(path: str) -> bool:
    """Whether the folder has several shards, and is no index; also where its manifest is lost."""
    if os.path.exists(os.path.join(path, COLLECTION)):  # noqa: PTH110, PTH118
        return True
    if not os.path.isdir(os.path.join(path, "versions")):  # noqa: PTH112, PTH118
        return False
    from searchlib.cluster.manifest import newest_kept

    return bool(newest_kept(path))


def default_index() -> str:
    """The path of the index that is used when none is named."""
    return HERE if os.path.isdir(HERE) else personal()  # noqa: PTH112


def shown(path: str) -> str:
    """The path as people write it, with ~ for their home."""
    home = os.path.expanduser("~")  # noqa: PTH111
    return "~" + path[len(home) :] if len(home) > 1 and path.startswith(home + os.sep) else path
