"""A browser for the tests of the page: Chromium, before a real server on a free port."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from browsing import CONTEXT, Server, Visits

from searchlib import Index, Sources, update_index
from searchlib.serve.app import Application
from searchlib.serve.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of corpus/, as `searchlib index` makes it."""
    folder = tmp_path_factory.mktemp("page") / "corpus"
    sources = Sources(CORPUS)
    with Index.create(folder, sources.schema).writer() as writer:
        update_index(sources, writer)
    return folder


@contextlib.contextmanager
def running(app: Any) -> Iterator[Server]:
    """The application before a port of its own, in a thread."""
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield Server(server.servers[0].sockets[0].getsockname()[1], server)
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def start() -> Iterator[Callable[..., Server]]:
    """Starts servers, of folders by their names or of an application; all end with the module."""
    with contextlib.ExitStack() as stack:

        def start(served: Any, **settings: Any) -> Server:
            app = Application(Settings(served, **settings)) if isinstance(served, dict) else served
            return stack.enter_context(running(app))

        yield start


@pytest.fixture(scope="module")
def server(start: Callable[..., Server], corpus_folder: Path) -> Server:
    """A server of two indexes of corpus/."""
    return start({"demo": str(corpus_folder), "second": str(corpus_folder)})


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; the test is skipped without it. It ends with the module: an event loop goes with it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium: Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(browser: Any) -> Any:
    """One for all pages that need none of their own."""
    return browser.new_context(**CONTEXT)


@pytest.fixture
def visit(browser: Any, server: Server, context: Any) -> Iterator[Visits]:
    """Opens pages; afterwards none may have complained, nor asked anybody but the server."""
    visits = Visits(browser, server, context)
    yield visits
    visits.close()
