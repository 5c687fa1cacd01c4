"""A worker as a process of its own: `python -m searchlib.cluster.fleets.process` listens until its stdin
ends.

The first line of stdin says what to serve, as JSON; the first line of stdout is the address, once it answers.
Who starts it holds the other end of stdin, so that no worker outlives its starter, however that ends.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

from ...errors import SearchlibError
from .addresses import Address
from .desk import Desk
from .listening import Listening
from .versions import Opener, Versions


def opener_of(name: str, arguments: list[Any]) -> Opener:
    """An opener by the name of a function ("package.module:function") that makes it of plain arguments."""
    module, _, function = name.partition(":")
    made: Opener = getattr(importlib.import_module(module), function)(*arguments)
    return made


def main() -> None:
    """See above."""
    wanted = json.loads(sys.stdin.readline())
    try:
        versions = Versions(opener_of(wanted["opener"], wanted["arguments"]))
        desk = Desk(versions, wanted.get("max_running"))
        listening = Listening(desk, Address.parse(wanted["address"]), wanted["authkey"].encode())
    except (SearchlibError, OSError) as error:
        sys.exit(f"a worker of {wanted['arguments']} cannot start: {error}")
    print(listening.address, flush=True)
    try:
        sys.stdin.read()
    except KeyboardInterrupt:  # of the terminal, to all at once: the starter ends us
        pass
    finally:
        listening.close()


if __name__ == "__main__":
    main()
