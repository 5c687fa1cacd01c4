"""Commands that run until somebody ends them: Ctrl-C and SIGTERM are both an orderly end."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def until_ended() -> Iterator[None]:
    """What runs within ends by either of them; this is no error."""
    signal.signal(signal.SIGTERM, _interrupt)
    with contextlib.suppress(KeyboardInterrupt):
        yield


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
