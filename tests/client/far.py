"""Indexes in memory, served: one server for all tests, which is given each index as it is asked for."""

from __future__ import annotations

import atexit
import threading
import time
import weakref
from typing import Any

import uvicorn

from searchlib import Index
from searchlib.client.client import Client
from searchlib.client.remote import RemoteIndex
from searchlib.serve.app import Application
from searchlib.serve.settings import Limits, Settings


class Server:
    """Serves any Index of this process, under a number."""

    def __init__(self, **limits: Any) -> None:
        limits = {"search_seconds": 60.0, **limits}
        self._app = Application(Settings({}, limits=Limits(**limits)))
        self._server = uvicorn.Server(uvicorn.Config(self._app, port=0, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = Client(self.url, timeout=60)
        self._names: weakref.WeakKeyDictionary[Index, str] = weakref.WeakKeyDictionary()
        self._remote: dict[str, RemoteIndex] = {}
        self._number = 0
        atexit.register(self.close)

    def far(self, index: Index, name: str = "") -> RemoteIndex:
        """The same index, asked over HTTP."""
        if index not in self._names:
            self._number += 1
            name = self._names[index] = name or str(self._number)
            catalogue = self._app.state.catalogue
            folder = getattr(index._directory, "folder", "")  # those in memory are served, and not listed
            catalogue._named[name], catalogue._opened[name] = folder, index
            self._remote[name] = self.client.index(name)
        return self._remote[self._names[index]]

    def close(self) -> None:
        self._app.state.catalogue._opened.clear()  # they are not the server's to close
        self._server.should_exit = True
        self._thread.join(10)


_kept: list[Server] = []


def far(index: Index) -> RemoteIndex:
    """An index over HTTP, by the one server of this process."""
    if not _kept:
        _kept.append(Server())
    return _kept[0].far(index)
