"""What docs/ says of the query language is what happens on corpus/, and its sessions print what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from searchlib import Index
from searchlib.query import Limits
from searchlib.query.writing import OPERATORS
from searchlib.search.filters import MAX_PATTERNS

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs" / "query-language.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `(.+?)` \| ([\d,]+) \| .+ \|$", PAGE, re.M)


def test_there_are_examples_of_every_operator() -> None:
    assert len(EXAMPLES) >= 20
    words = {word for query, _ in EXAMPLES for word in query.split()}
    assert set(OPERATORS) - {"ANDNOT"} <= words


@pytest.mark.parametrize(("query", "hits"), EXAMPLES)
def test_the_query_finds_as_many(corpus: Index, query: str, hits: str) -> None:
    assert corpus.search(query).total == int(hits)


def test_the_limits_are_those() -> None:
    limits = Limits()
    for number in (limits.length, limits.words, limits.depth, limits.clauses, limits.groups, MAX_PATTERNS):
        assert f"{number:,}" in PAGE


def test_the_sessions_of_ranking_print_what_they_show() -> None:
    text = (PROJECT / "docs" / "ranking.md").read_text("utf-8")
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(session, {}, "ranking.md", "ranking.md", 0)
    output: list[str] = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.attempted >= 12
    assert result.failed == 0, "".join(output)


@pytest.mark.parametrize("page", sorted(PROJECT.glob("docs/*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
