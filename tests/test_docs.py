"""What docs/ says of the query language, of ranking and of translations is what happens on corpus/."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Translations
from searchlib.query import Limits
from searchlib.query.writing import OPERATORS
from searchlib.schema import FIELD_TYPES
from searchlib.translations import articles, building, contract, dictd

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
    for number in (limits.length, limits.words, limits.depth, limits.clauses, limits.groups, limits.patterns):
        assert f"{number:,}" in PAGE


@pytest.mark.parametrize(
    ("page", "least"),
    [
        ("ranking.md", 12),
        ("filters.md", 12),
        ("sorting-and-facets.md", 20),
        ("python.md", 12),
        ("schema.md", 15),
        ("sources.md", 12),
        ("scale.md", 20),
    ],
)
def test_the_sessions_print_what_they_show(page: str, least: int) -> None:
    text = (PROJECT / "docs" / page).read_text("utf-8")
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.M | re.S))
    test = doctest.DocTestParser().get_doctest(session, {}, page, page, 0)
    output: list[str] = []
    result = doctest.DocTestRunner().run(test, out=output.append)
    assert result.attempted >= least
    assert result.failed == 0, "".join(output)


def test_the_schema_page_names_each_type_and_each_option_with_its_default() -> None:
    page = (PROJECT / "docs" / "schema.md").read_text("utf-8")
    rows = [
        line.strip("|").split("|")
        for line in page.split("\n## Options\n")[1].splitlines()
        if line.startswith("| `")
    ]
    described = {
        name: (of, default) for of_names, of, default, _ in rows for name in re.findall(r"`(\w+)`", of_names)
    }
    options = set()
    for kind, of in FIELD_TYPES.items():
        assert re.search(rf"^\| {of.__name__} \|", page, re.M), kind
        for name, parameter in inspect.signature(of).parameters.items():
            options.add(name)
            where, default = described[name]
            assert where.strip() == "all" or of.__name__ in where, (name, of)
            whole = default.strip().strip("`").replace('"', "'")
            of_each = dict(zip(where.strip().split(", "), whole.split(", "), strict=False))
            assert repr(parameter.default) in (whole, of_each.get(of.__name__)), (name, of)
    assert options == described.keys()


TRANSLATED = (PROJECT / "docs" / "translations.md").read_text("utf-8")
CROSSING = re.findall(r"^\| `(.+?)` \| (\d+) \| (\d+) \|$", TRANSLATED, re.M)


def block(name: str) -> str:
    """The indented lines that follow a comment of that name."""
    found = re.search(rf"<!-- {name} -->\n((?:    .+\n)+)", TRANSLATED)
    assert found
    return re.sub("^    ", "", found[1], flags=re.M)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Translations:
    path = tmp_path_factory.mktemp("docs") / "words.tsv"
    path.write_text(block("dictionary"), "utf-8")
    return Translations.load(path)


def test_there_are_examples_of_both_directions() -> None:
    assert len(CROSSING) >= 10 and {query[0].isascii() for query, *_ in CROSSING} == {True, False}


@pytest.mark.parametrize(("query", "before", "after"), CROSSING)
def test_translations_find_as_many(
    corpus: Index, words: Translations, query: str, before: str, after: str
) -> None:
    assert corpus.search(query).total == int(before)
    assert corpus.search(query, translations=words).total == int(after)


def test_the_table_is_the_one_that_is_shown(tmp_path: Path) -> None:
    sea = [("harbour", "гавань", 3.0), ("harbour", "порт", 1.0)]
    Translations([*sea, ("lighthouse", "маяк"), ("sea lion", "морской лев")]).save(tmp_path / "sea")
    first, _, *rows = (tmp_path / "sea").read_text("utf-8").splitlines()
    assert f"1. `{first}`" in TRANSLATED and rows == block("table").splitlines()


def test_the_limits_of_dictionaries_are_those() -> None:
    for said in (
        f"at most {contract.MAX_WORDS} words and {contract.MAX_TERM_CHARS} characters",
        f"a word {building.MAX_OF_WORD} translations",
        f"a file {contract.MAX_FILE_BYTES // 1_000_000} MB",
        f"a dictionary {contract.MAX_PAIRS:,} pairs",
        f"at most {contract.MAX_WORDS - 1} words and",
        f"{dictd.MAX_ARTICLE_BYTES // 1024} KB",
        f"{articles.MAX_OF_ARTICLE} translations kept",
    ):
        assert said in " ".join(TRANSLATED.split())


@pytest.mark.parametrize("page", sorted(PROJECT.glob("docs/*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_site_has_every_public_name_and_every_page() -> None:
    api = (PROJECT / "docs" / "api.md").read_text("utf-8")
    shown = set(re.findall(r"^\.\. auto(?:class|function|data|module):: (\S+)$", api, re.M))
    assert shown >= {*searchlib.__all__, "open"}
    assert shown >= {f"searchlib.{name}" for name in searchlib._PUBLIC_MODULES} | {"searchlib.errors"}
    index = (PROJECT / "docs" / "index.md").read_text("utf-8")
    pages = {page.stem for page in (PROJECT / "docs").glob("*.md")} - {"index"}
    assert set(re.findall(r"^([\w-]+)$", index, re.M)) >= pages
