"""Commands that run until somebody ends them: Ctrl-C and SIGTERM are both an orderly end."""

from __future__ import annotations

import contextlib
import gc
import signal
from collections.abc import Iterator
from types import FrameType

_YOUNG = 2_000
"""Objects that are new when garbage is looked for."""


def go_on() -> None:
    """Look for garbage as a process does that goes on. A short one puts it off (`__main__`). Requests leave
    objects that hold each other, and all wait while very many of them are looked at."""
    gc.set_threshold(_YOUNG)


@contextlib.contextmanager
def until_ended() -> Iterator[None]:
    """What runs within ends by either of them; this is no error."""
    go_on()
    signal.signal(signal.SIGTERM, _interrupt)
    with contextlib.suppress(KeyboardInterrupt):
        yield


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
