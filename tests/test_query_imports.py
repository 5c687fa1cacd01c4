"""What a query loads: no stage that it does not need. `python -m benchmarks startup` measures the time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import searchlib

TELL = "import json, sys; print(json.dumps(sorted(sys.modules)))"

QUERY = f"""
import atexit
from searchlib.cli import main
atexit.register(lambda: exec({TELL!r}))
main()
"""

# What the whole path of a query may load of searchlib. What is added here is added to every query's start.
QUERY_MODULES = """
    _core errors index records schema
    analysis analysis.analyzer analysis.by_field analysis.english analysis.russian analysis.stemming
    analysis.stopwords
    storage storage.blocks storage.directory storage.documents storage.files storage.filesystem
    storage.manifest storage.opened storage.reading storage.segment
    query query.fields query.grammar query.lexer query.limits query.nodes query.operands query.parser
    query.writing
    search search.planner search.results search.searcher
    highlight highlight.formatters highlight.fragments highlight.matches highlight.phrases
    highlight.sentences highlight.spans
    cli cli.errors cli.hits cli.options cli.output cli.query
"""

# Libraries and slow parts of the standard library that some stage needs, and a query of words never does.
HEAVY = """
    numpy nltk pymorphy3 pymorphy3_dicts_ru whoosh charset_normalizer selectolax rapidfuzz
    array bz2 concurrent.futures dataclasses decimal fcntl hashlib html importlib.metadata ipaddress lzma
    multiprocessing pathlib shutil subprocess tempfile urllib.parse
"""


def loaded_by(code: str, *arguments: str) -> set[str]:
    """The modules of a fresh process at its end, without those that a bare one has or that click needs."""
    environment = {**os.environ, "PYTHONPATH": str(Path(searchlib.__file__).parents[1])}
    found = []
    for program in (["-c", code, *arguments], ["-c", f"import json, atexit, click; {TELL}"]):
        done = subprocess.run(
            [sys.executable, *program],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        found.append(set(json.loads(done.stdout.splitlines()[-1])))
    return found[0] - found[1]


@pytest.fixture(scope="module")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("imports") / "index")
    schema = searchlib.Schema(title=searchlib.Text(boost=2.0), body=searchlib.Text(), day=searchlib.Date())
    with searchlib.Index.create(path, schema).writer() as writer:
        writer.add({"id": "en", "title": "Force", "body": "The police force of Tashkent learned a lesson."})
        writer.add({"id": "ru", "title": "Выборы", "body": "Выборы президента прошли осенью."})
        writer.delete("en")
        writer.add({"id": "en", "title": "Force", "body": "The police forces of Tashkent."})
    return path


@pytest.mark.parametrize("query", ["police forces", "выборов президент", '"police force" -title:осень'])
def test_a_query_loads_only_its_stages(index_path: str, query: str) -> None:
    loaded = loaded_by(QUERY, "query", query, "--index", index_path)
    ours = {name for name in loaded if name.partition(".")[0] == "searchlib"}
    assert ours == {"searchlib", *(f"searchlib.{name}" for name in QUERY_MODULES.split())}
    assert loaded.isdisjoint(HEAVY.split()), loaded.intersection(HEAVY.split())


def test_importing_searchlib_loads_nothing_yet() -> None:
    loaded = loaded_by(f"import searchlib\n{TELL}")
    assert {name for name in loaded if name.startswith("searchlib")} == {"searchlib"}
    assert loaded.isdisjoint(HEAVY.split()), loaded.intersection(HEAVY.split())


def test_every_public_name_is_there_when_asked_for() -> None:
    names = {"open", *searchlib.__all__}
    assert names <= set(dir(searchlib))
    assert all(getattr(searchlib, name) is not None for name in names)
    with pytest.raises(AttributeError, match="no attribute 'indx'"):
        searchlib.indx  # noqa: B018
