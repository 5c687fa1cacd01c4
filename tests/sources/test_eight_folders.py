"""No row of eight kinds of folders is lost, and what is shown of a hit is text that people wrote."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from eight_folders import FOLDERS, Words

from searchlib import Index
from searchlib.sources.sources import Sources
from searchlib.sources.update import update_index

JUNK = re.compile(
    r"-->|</?\w+[ >]|\{\\|[A-Za-z0-9+/]{60,}|charset=|boundary|^\d+$|NOTE this|::cue|=\?utf-8|:ref:|^---"
    r"|^\+\+\+|\*\*|^\||code-block|\]\(|\[\^|\{[{%#]|&\w+;|\[!|^\[\w+\]:|:::|~~|<br>|\]_|guide_|\|product|\+--|::"
    r"|maxdepth|^[*-] \[|\.\. |\n\s*\n\s*\n"
)
NO_MOMENTS = re.compile(r"\d\d:\d\d[:.]\d\d")


def indexed(folder: Path) -> tuple[Index, list[str]]:
    problems: list[str] = []
    sources = Sources(folder, on_error=lambda problem: problems.append(str(problem)), grows=True)
    index = Index.in_memory(sources.schema)
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    assert not sources.left_out
    return index, problems


@pytest.mark.parametrize("name", FOLDERS)
def test_no_row_is_lost_and_no_junk_is_shown(tmp_path: Path, name: str) -> None:
    words = Words(len(name))
    FOLDERS[name](tmp_path / name, words)
    index, problems = indexed(tmp_path / name)
    assert problems == []
    assert len(index) == len(words.marks)
    draw = random.Random(name)
    fields = index.schema.default_fields
    for mark in words.marks:
        results = index.search(mark)
        assert [hit.id for hit in results] != [], mark
    for mark in draw.sample(words.marks, min(50, len(words.marks))):
        (hit,) = index.search(mark)
        shown = [hit.fragments(field, 1) for field in fields if hit.text(field)]
        fragments = [each[0].text for each in shown if each and each[0].spans]
        assert fragments, mark
        if name != "source_tree":  # code is marks, and a log's moments are what it is about
            assert not JUNK.search(fragments[0]), fragments[0]
            assert not NO_MOMENTS.search(fragments[0]), fragments[0]
        for field in fields:
            for fragment in hit.fragments(field, 2):  # no word is cut
                text = hit.text(field)
                for at in (fragment.start, fragment.end):
                    assert not (text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()), fragment.text
