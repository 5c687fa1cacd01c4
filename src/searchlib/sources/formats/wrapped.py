"""The list of objects in a JSON value: most files that hold many documents wrap them in something.

With the rows it says the path to them and what lies beside them, so that nothing is left behind without a
word. Lists are told by what they hold, not by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...schema import ID
from ..naming import is_map_of_objects

WHOLE = "."
"""The path that says: the object itself is the one row."""

_MAX_SHOWN = 8
_MAX_COMPARED = 100
_AS_ONE = f"--records {WHOLE} reads all as one document"


class Found(NamedTuple):
    """The rows of a value, what is to be said of how they were found, and which rows were not taken."""

    rows: list[Any]
    notice: str = ""
    unread: str = ""


def rows_of(value: Any, records: str | None = None) -> Found:
    """The rows of a JSON value: the items of an array, of the list that an object wraps, or the object.

    records: the dotted path of the list, "." for the value itself. Raises ValueError if no list of objects
    is there; it says which are.
    """
    lists = dict(_lists(value)) if isinstance(value, dict) else {}
    if "" in lists and records is None:
        notice = f"read {_rows(len(lists['']))}, one for each key ({_AS_ONE})"
        return Found(lists[""], notice)
    if records is not None and records != WHOLE:
        return _chosen(value, records, lists)
    if isinstance(value, list):
        return Found(value)
    sizes = {path: _content(rows) for path, rows in lists.items()}
    if not sizes or records == WHOLE:
        return Found([value])
    path = max(sizes, key=lambda path: (sizes[path], len(lists[path])))
    num = len(lists[path])
    rest = sum(len(item) for item in _own_scalars(value, path).values() if isinstance(item, str))
    if rest > sizes[path]:
        return Found([value], f"read as one document; to read {num} in {path}: --records {path}")
    paths = [other for other in lists if other == path or _are_siblings(other, path, lists)]
    others = [other for other in lists if other not in paths]
    unread = ""
    if others:
        num_unread = sum(len(lists[other]) for other in others)
        unread = (
            f"{_rows(num_unread)} in other lists not read: {_listed(others, lists)}; choose one: "
            f"--records {others[0]}, or {path}, which is read now, or {WHOLE} for all as one document"
        )
    rows = [row for one in paths for row in lists[one]]
    text = ""
    if len(paths) > 1:  # {"2020": […], "2021": […]}
        text = f"read {_rows(len(rows))} of {len(paths):,} lists: {_listed(paths, lists)}"
    return Found(rows, _notice(value, path, lists, said=list(lists), text=text), unread)


def _are_siblings(path: str, other: str, lists: dict[str, list[Any]]) -> bool:
    """Whether two lists lie in the same object, and their objects share most of their names."""
    if path.rpartition(".")[0] != other.rpartition(".")[0]:
        return False
    names, others = (
        {name for row in lists[one][:_MAX_COMPARED] if isinstance(row, dict) for name in row}
        for one in (path, other)
    )
    return len(names & others) * 2 >= len(names | others)


def _chosen(value: Any, records: str, lists: dict[str, list[Any]]) -> Found:
    found = [value]
    for part in records.split("."):
        items = [item for one in found for item in (one if isinstance(one, list) else [one])]
        found = [item[part] for item in items if isinstance(item, dict) and part in item]
    rows = [item for one in found for item in _items(one)]
    if not any(isinstance(row, dict) for row in rows):
        others = _listed([path for path in lists if path], lists)
        raise ValueError(f"has no objects at {records!r}; lists of objects in it: {others or 'none'}")
    return Found(rows, _notice(value, records, lists) if isinstance(value, dict) else "")


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict) and is_map_of_objects(value):
        return _rows_of_map(value)
    return value if isinstance(value, list) else [value]


def _lists(value: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The lists and maps that hold objects, by dotted path; reached through objects alone."""
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        path, item = stack.pop()
        if isinstance(item, dict) and is_map_of_objects(item):
            yield path, _rows_of_map(item)
        elif isinstance(item, dict):
            prefix = f"{path}." if path else ""
            stack.extend((f"{prefix}{key}", inner) for key, inner in reversed(item.items()))
        elif _has_objects(item):
            yield path, item


def _rows_of_map(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects, each with its key: as its id if it has none, otherwise beside that."""
    rows = []
    for key, item in value.items():
        own = next((item[name] for name in item if name.lower() == ID and item[name] not in (None, "")), None)
        if own is None and key:
            rows.append({ID: key, **{name: inner for name, inner in item.items() if name.lower() != ID}})
        elif str(own) == key or not key or "key" in item:
            rows.append(item)
        else:
            rows.append({"key": key, **item})
    return rows


def _content(value: Any) -> int:
    """How many characters of names, strings and numbers a value holds."""
    total, stack = 0, [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack.extend(item)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
        else:
            total += len(item) if isinstance(item, str) else 4
    return total


def _own_scalars(value: dict[str, Any], path: str) -> dict[str, Any]:
    """What lies beside the list: the single values, by dotted path."""
    found: dict[str, Any] = {}
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        at, item = stack.pop()
        if isinstance(item, dict):
            if is_map_of_objects(item):
                continue  # rows, too
            prefix = f"{at}." if at else ""
            stack.extend((f"{prefix}{key}", inner) for key, inner in reversed(item.items()))
        elif at != path and item is not None and not _has_objects(item):
            found[at] = item
    return found


def _has_objects(item: Any) -> bool:
    return isinstance(item, list) and any(isinstance(row, dict) for row in item)


def _rows(num: int) -> str:
    return "1 row" if num == 1 else f"{num:,} rows"


def _listed(paths: Sequence[str], lists: Mapping[str, list[Any]]) -> str:
    more = f" and {len(paths) - _MAX_SHOWN:,} more" if len(paths) > _MAX_SHOWN else ""
    return ", ".join(f"{path} ({_rows(len(lists[path]))})" for path in paths[:_MAX_SHOWN]) + more


def _notice(
    value: dict[str, Any], path: str, lists: dict[str, list[Any]], said: Sequence[str] = (), text: str = ""
) -> str:
    """said: lists that need not be named here; text: how the notice begins."""
    num = len(lists[path]) if path in lists else 0
    text = text or (f"read {_rows(num)} of {path}" if num else f"read the rows of {path}")
    others = [
        f"{other} ({_rows(len(rows))})" for other, rows in lists.items() if other not in ("", path, *said)
    ]
    beside = others + list(_own_scalars(value, path))
    if beside:
        more = f" and {len(beside) - _MAX_SHOWN:,} more" if len(beside) > _MAX_SHOWN else ""
        text += f"; beside them, and not read: {', '.join(beside[:_MAX_SHOWN])}{more} ({_AS_ONE})"
    return text
