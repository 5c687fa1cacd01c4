"""Packed ids: what was packed comes back, whatever the ids look like."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from searchlib.sources.idsets import pack_ids, unpack_ids

numbers = st.integers(-5, 50).map(str) | st.integers(0, 10**30).map(str)
ids = st.one_of(
    numbers,
    numbers.map("a.csv#{}".format),
    numbers.map("a.csv#id={}".format),
    st.text(),
    st.sampled_from(["07", "a.csv#07", "٣"]),
)


@given(st.sets(ids))
@example({f"k{n}\ud800" for n in range(200)})
def test_what_was_packed_comes_back(keys: set[str]) -> None:
    packed = json.loads(json.dumps(pack_ids(keys, "a.csv")))
    assert unpack_ids(packed, "a.csv") == keys


def test_what_counts_is_small() -> None:
    keys = {str(n) for n in range(1, 100_001)} | {f"a.csv#{n}" for n in range(2, 100_002)}
    assert pack_ids(keys, "a.csv") == {"numbers": [1, 100_000], "lines": [2, 100_000]}
    keys = {f"a.csv#id={n}" for n in range(1, 100_001)}
    assert pack_ids(keys, "a.csv") == {"taken": [1, 100_000]}
