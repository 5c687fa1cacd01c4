"""A field's own analyzer comes, goes and changes in place."""

from __future__ import annotations

from typing import Any

import pytest

from searchlib import Index, Schema, Text


def first_three(word: str) -> str:
    return word[:3]


def first_four(word: str) -> str:
    return word[:4]


def of(analyzer: Any) -> Index:
    index = Index.in_memory(Schema(body=Text(analyzer=analyzer)))
    with index.writer() as writer:
        writer.add({"id": 1, "body": "столешница"})
    index.refresh()
    return index


WORDS = {None: "столешницы", first_three: "стоп", first_four: "столб"}
CHANGES = [(one, other) for one in WORDS for other in WORDS if one is not other]


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_another_analyzer_writes_the_words_anew(before: Any, after: Any) -> None:
    index = of(before)
    assert index.search(WORDS[before]).total == 1
    done = index.change_field("body", Text(analyzer=after))
    assert done.fields == ("body",) and done.num_segments == 1
    assert index.search(WORDS[after]).total == of(after).search(WORDS[after]).total == 1
    for word in WORDS.values():
        assert index.search(word).total == of(after).search(word).total
    assert index.reindex().num_segments == 0


def test_other_stopwords_write_nothing() -> None:
    index = of(None)
    assert index.change_field("body", Text(stopwords=("столешница",))).num_segments == 0
    assert index.search("столешница дуб").dropped == ["столешница"]
