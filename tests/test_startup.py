"""What an import and a query load: no numpy, no morphology library, nothing that costs start-up time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import searchlib

HEAVY = {
    "numpy",
    "nltk",
    "pymorphy3",
    "whoosh",
    "charset_normalizer",
    "selectolax",
    "rapidfuzz",
    "matplotlib",
    "pathspec",
    "pyromark",
    "yaml",
}

# Loaded by the part that needs them, not by `import searchlib`.
NOT_AT_IMPORT = HEAVY | {
    "asyncio",
    "click",
    "concurrent.futures",
    "csv",
    "importlib.metadata",
    "multiprocessing",
    "subprocess",
    "tempfile",
    "unittest",
    "zstandard",
}

# What the whole path of a query of plain words may load of searchlib. What is added here is added to every
# query's start.
QUERY_MODULES = """
    _core arguments asking errors following forks holding index opening lean plan records schema threads
    analysis analysis.analyzer analysis.english analysis.language analysis.languages
    analysis.russian analysis.stopwords analyzers
    storage storage.blocks storage.buffers storage.directory storage.disk storage.documents
    storage.files storage.filesystem storage.manifest storage.opened storage.parts storage.segment
    search search.compounds search.documents search.hit search.marks search.pages search.plain
    search.ranking search.relatives
    search.results search.scope search.searcher search.timing search.words
    suggest suggest.missing
    highlight highlight.formatters highlight.fragments highlight.matches
    cli cli.answers cli.commands cli.errors cli.hits cli.output cli.places cli.quick cli.searching
"""

# What words outside quotes need, which the user does not insist on.
RELATIVES = " analysis.derivations"

# And what any other query may.
LANGUAGE_MODULES = """
    query query.nodes query.writing search.apart search.planner
    query.fields query.grammar query.grouped query.lexer query.limits query.operands query.parser
    query.plain_text query.tokens search.trees
"""

# Slow parts of the standard library that some stage needs, and a query that is no plain words may.
SLOW = """
    array ast bz2 click concurrent.futures csv dataclasses decimal difflib dis fcntl gettext hashlib html
    importlib.metadata inspect ipaddress locale lzma multiprocessing pathlib shlex shutil subprocess tempfile
    urllib.parse uuid
"""

# And those that plain words do without: searchlib.lean has what is needed of them.
NOT_FOR_WORDS = """
    _weakrefset bisect collections collections.abc contextlib copyreg datetime enum functools importlib
    importlib.util json keyword math operator re reprlib string struct threading types typing warnings
    weakref zlib
"""

# Modules of the whole process, beyond those of an interpreter that does nothing. Each takes a tenth of a
# millisecond, and the interpreter itself nine.
MOST_MODULES = 74

QUERY = """
import searchlib
index = searchlib.open({path!r})
results = index.search('выборов OR "police forces"')
for hit in results:
    print(hit.id, hit.score, hit.highlight("body"), hit.spans("body"))
assert results.total == 2
"""

COMMAND = """
from searchlib.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""

TELL = """
import sys
print(" ".join(sorted(sys.modules)))
"""


def modules_after(code: str, *arguments: str) -> set[str]:
    """What is in sys.modules of a fresh process after that code."""
    environment = {**os.environ, "PYTHONPATH": str(Path(searchlib.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code + TELL, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


# What finds an editable install's modules loads some of its own with the first of them.
IS_EDITABLE = any("editable" in name for name in sys.modules)
BEFORE = "import searchlib._core\n" if IS_EDITABLE else "pass\n"


@pytest.fixture(scope="module")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("startup") / "index")
    schema = searchlib.Schema(title=searchlib.Text(boost=2.0), body=searchlib.Text())
    with searchlib.Index.create(path, schema).writer() as writer:
        writer.add({"id": "en", "title": "Force", "body": "The police force of Tashkent learned a lesson."})
        writer.add({"id": "ru", "title": "Выборы", "body": "Выборы президента прошли осенью."})
    return path


def test_importing_searchlib_loads_little():
    # Compared with a process that does the same without it: what site and coverage tools load is not ours.
    loaded = modules_after("import searchlib\n") - modules_after("import os\n")
    assert loaded & NOT_AT_IMPORT == set()


def test_a_query_of_the_library_loads_no_morphology(index_path: str):
    assert modules_after(QUERY.format(path=index_path)) & HEAVY == set()


def test_the_query_command_loads_no_morphology(index_path: str):
    loaded = modules_after(COMMAND, "query", "police forces выборов", "--index", index_path)
    assert loaded & HEAVY == set()
    assert "searchlib.sources.sources" not in loaded, "reading files is another command's work"


@pytest.mark.parametrize(
    ("query", "stages"),
    [
        ("police forces", QUERY_MODULES + RELATIVES),
        ("выборов президента", QUERY_MODULES + RELATIVES),
        ('"police force" -title:осень', QUERY_MODULES + LANGUAGE_MODULES),
    ],
)
def test_the_query_command_loads_only_its_stages(index_path: str, query: str, stages: str):
    loaded = modules_after(COMMAND, "query", query, "--index", index_path) - modules_after("pass\n")
    ours = {name for name in loaded if name.partition(".")[0] == "searchlib"}
    assert ours == {"searchlib", *(f"searchlib.{name}" for name in stages.split())}
    assert loaded.isdisjoint(SLOW.split()), loaded.intersection(SLOW.split())


@pytest.mark.parametrize("query", ["police forces", "выборов президента", "tashkent"])
@pytest.mark.parametrize("options", [(), ("--json",), ("--names",), ("--count",)], ids=str)
def test_plain_words_load_little_of_the_standard_library(
    index_path: str, query: str, options: tuple[str, ...]
):
    loaded = modules_after(COMMAND, "query", query, "--index", index_path, *options) - modules_after(BEFORE)
    assert loaded.isdisjoint(NOT_FOR_WORDS.split()), loaded.intersection(NOT_FOR_WORDS.split())
    assert len(loaded) <= MOST_MODULES, sorted(loaded)


def test_importing_searchlib_loads_its_errors_alone():
    loaded = {name for name in modules_after("import searchlib\n") if name.startswith("searchlib")}
    assert loaded == {"searchlib", "searchlib.errors", "searchlib.lean"}


def test_a_query_that_crosses_languages_loads_no_reader_of_dictionaries(index_path: str, tmp_path: Path):
    table = str(tmp_path / "sea.translations")
    searchlib.Translations([("force", "выборы")]).save(table)
    loaded = modules_after(COMMAND, "query", "forces", "--index", index_path, "--translate", table)
    assert loaded & HEAVY == set()
    ours = {name for name in loaded if name.startswith("searchlib.translations.")}
    assert ours == {"searchlib.translations.table", "searchlib.translations.compiled"}
