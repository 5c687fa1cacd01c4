"""A server's tools on the corpus of the repository, and on indexes of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from calls import Tools

from searchlib import Index, Sources, update_index
from searchlib.agents.catalog import Catalog

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of corpus/, on disk; nobody writes to it."""
    folder = tmp_path_factory.mktemp("indexes") / "corpus"
    sources = Sources(CORPUS)
    index = Index.create(folder, sources.schema)
    with index.writer() as writer:
        update_index(sources, writer)
    return folder


@pytest.fixture(scope="session")
def tools(corpus_folder: Path) -> Iterator[Tools]:
    """The tools on corpus/."""
    catalog = Catalog({"corpus": str(corpus_folder)})
    yield Tools(catalog)
    catalog.close()


@pytest.fixture
def new_tools(tmp_path: Path) -> Iterator[Callable[..., tuple[Index, Tools]]]:
    """An index of one's own with these documents, and the tools on it, which may write."""
    catalogs: list[Catalog] = []

    def make(schema: Any, documents: list[dict[str, Any]]) -> tuple[Index, Tools]:
        index = Index.create(tmp_path / f"own{len(catalogs)}", schema)
        with index.writer() as writer:
            writer.add_many(documents)
        catalogs.append(Catalog({"own": str(tmp_path / f"own{len(catalogs)}")}, may_write=True))
        return index, Tools(catalogs[-1])

    yield make
    for catalog in catalogs:
        catalog.close()
