"""Deletes put in the order of another schema: what they take from each field goes with its name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Schema, Text, _core
from searchlib.storage.deletes import rearranged

NAMES = ("a", "b", "c", "d")


def encoded(fields: tuple[str, ...]) -> tuple[bytes, Index]:
    index = Index.in_memory(Schema(**{name: Text() for name in NAMES}))
    with index.writer() as writer:
        for number in range(70):
            writer.add(
                {"id": str(number), **{name: f"word {name} " * (at + 1) for at, name in enumerate(fields)}}
            )
        writer.commit(merge=False)
        for number in (0, 3, 69):
            writer.delete(str(number))
        writer.commit(merge=False)
    index.refresh()
    deletes = index._searcher.segments[0].deletes
    assert deletes is not None
    return deletes.encode(), index


@given(wanted=st.permutations([*NAMES, "e"]), count=st.integers(0, 5))
def test_each_field_keeps_what_is_its_own(wanted: list[str], count: int) -> None:
    data, _ = encoded_once
    wanted = wanted[:count]
    there = rearranged(data, NAMES, wanted)
    assert rearranged(there, wanted, wanted) == there
    back = rearranged(there, wanted, NAMES)
    for name in NAMES:
        own = rearranged(back, NAMES, [name])
        assert own == rearranged(data if name in wanted else rearranged(data, NAMES, []), NAMES, [name])


def test_what_was_counted_before_a_field_came_is_nothing_of_it() -> None:
    data, index = encoded_once
    shorter = rearranged(data, NAMES, NAMES[:2])
    longer = rearranged(shorter, NAMES, NAMES)  # as a file written under a schema of two fields is read
    core = index._searcher.segments[0].core
    assert _core.Deletes(core, shorter).encode() == longer == _core.Deletes(core, longer).encode()


encoded_once = encoded(NAMES)
