"""Files whose rows have equal ids: the index holds each row of each file once, whatever becomes of them."""

from __future__ import annotations

import json
import os
import random
from collections import Counter

import pytest

from searchlib import Index, Keyword, Schema, Sources, Text, update_index

SEED = int(os.environ.get("SEARCHLIB_SEED", "20261129"))
SCHEMA = Schema(body=Text(), place=Keyword())


def write(folder, name, ids, version):
    rows = [{"id": i, "body": f"{name} {i} v{version}", "place": f"{name}/{i}/{version}"} for i in ids]
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def run(index, folder, **options):
    notices = []
    sources = Sources(folder, schema=SCHEMA, on_error="raise", on_notice=notices.append)
    with index.writer() as writer:
        done = update_index(sources, writer, **options)
    index.refresh()
    return done, [str(notice) for notice in notices]


def places(index):
    return Counter(document["place"] for document in index)


def test_yearly_exports_do_not_replace_each_other(tmp_path):
    index = Index.in_memory(SCHEMA)
    write(tmp_path, "2024.jsonl", range(1, 101), 1)
    write(tmp_path, "2025.jsonl", range(1, 81), 1)
    _, notices = run(index, tmp_path)
    assert len(index) == 180 and "7" in index and "2025.jsonl#id=7" in index
    assert len(notices) == 1 and "80 documents have ids" in notices[0] and "2024.jsonl" in notices[0]

    assert run(index, tmp_path)[0].num_documents == 0
    (tmp_path / "2024.jsonl").unlink()
    assert run(index, tmp_path, prune=True)[0].num_removed == 100
    assert places(index) == Counter(f"2025.jsonl/{i}/1" for i in range(1, 81))


def test_a_file_that_was_renamed_keeps_its_ids(tmp_path):
    index = Index.in_memory(SCHEMA)
    write(tmp_path, "a.jsonl", range(5), 1)
    run(index, tmp_path)
    (tmp_path / "a.jsonl").rename(tmp_path / "b.jsonl")
    run(index, tmp_path, prune=True)
    assert sorted(document["id"] for document in index) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("round", range(20))
def test_the_index_holds_each_row_of_each_file_once(tmp_path, round):
    print("seed", SEED, round)
    luck = random.Random(f"{SEED} {round}")
    index = Index.in_memory(SCHEMA)
    present = {}
    for version in range(12):
        for name in luck.sample(["a.jsonl", "b.jsonl", "c.jsonl"], luck.randint(1, 3)):
            if luck.random() < 0.3:
                (tmp_path / name).unlink(missing_ok=True)
                present.pop(name, None)
            else:
                ids = luck.sample(range(8), luck.randint(1, 8))
                write(tmp_path, name, ids, version)
                present[name] = [f"{name}/{i}/{version}" for i in ids]
        run(index, tmp_path, prune=True, force=luck.random() < 0.2)
        assert places(index) == Counter(place for rows in present.values() for place in rows), version


def test_an_id_and_a_line_of_one_number_do_not_meet(tmp_path):
    def rows(name, *ids):
        made = [{"body": "x", "place": f"{name}/{n}", **({"id": i} if i else {})} for n, i in enumerate(ids)]
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in made), encoding="utf-8")

    rows("a.jsonl", 1, 2)
    rows("b.jsonl", None, 1)  # line 1 comes first, then the id 1
    index = Index.in_memory(SCHEMA)
    run(index, tmp_path)
    assert len(index) == 4 and len(places(index)) == 4

    rows("b.jsonl", 2, None)  # the id 2 comes first, then line 2
    run(index, tmp_path)
    assert places(index) == Counter(["a.jsonl/0", "a.jsonl/1", "b.jsonl/0", "b.jsonl/1"])


NAMES = ["a.jsonl", "b.jsonl", "sub/a.jsonl", "sub/c.jsonl", "a.txt", "sub/a.txt"]
KEYS = ["1", "2", "3", "a.txt", "sub/a.txt", "a.jsonl#1", "b.jsonl#1", "a.jsonl#id=a.jsonl#1", None, None]


@pytest.mark.parametrize("round", range(60))
def test_whatever_becomes_of_files_and_whichever_are_given(tmp_path, round):
    """Ids come twice in a file, or are paths; folders overlap; runs without prune lie between."""
    print("seed", SEED, round)
    luck = random.Random(f"{SEED} whatever {round}")
    index = Index.in_memory(SCHEMA)
    folder = tmp_path / "all"
    (folder / "sub").mkdir(parents=True)
    now, known = {}, {}  # name → bodies, in the folder and in the index
    for version in range(14):
        for name in luck.sample(NAMES, luck.randint(1, 4)):
            rows = [f"{name} {n} v{version}" for n in range(luck.randint(1, 5))]
            kind = luck.random()
            if kind < 0.3:
                (folder / name).unlink(missing_ok=True)
                now.pop(name, None)
            elif name.endswith(".txt"):
                (folder / name).write_text(rows[0], encoding="utf-8")
                now[name] = rows[:1]
            elif kind < 0.4 and name in now:
                other = luck.choice(["b.jsonl", "sub/c.jsonl"])
                (folder / name).rename(folder / other)
                now[other] = now.pop(name)
            else:
                objects = [{"id": luck.choice(KEYS), "body": row} for row in rows]
                text = "".join(json.dumps(row) + "\n" for row in objects)
                (folder / name).write_text(text, encoding="utf-8")
                now[name] = rows
        given = luck.choice([["."], ["."], ["sub"], ["sub", "."], [luck.choice(NAMES)]])
        given = [path for path in given if (folder / path).exists()] or ["."]
        prune = luck.random() < 0.5
        sources = Sources(*(folder / path for path in given), schema=SCHEMA)
        with index.writer() as writer:
            update_index(sources, writer, prune=prune, force=luck.random() < 0.2)
        index.refresh()
        for path in given:
            for name in NAMES:
                if path != "." and name != path and not name.startswith(f"{path}/"):
                    continue
                if name in now:
                    if name not in known:
                        moved = [old for old in known if old not in now and known[old] == now[name]]
                        for old in moved:
                            del known[old]
                    known[name] = now[name]
                elif prune and name != path:
                    known.pop(name, None)
        expected = Counter(row for rows in known.values() for row in rows)
        assert Counter(document["body"] for document in index) == expected, (version, given, prune)
