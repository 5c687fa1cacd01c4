"""What no reader foresaw of a file: each error becomes the refusal of that file, and ends no run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from ..errors import SearchlibError, SourceError, brief

UNFORESEEN = "what reads it failed"
"""How the refusal begins of a file that its format should have read, or refused with a reason of its own."""


def unforeseen(error: Exception) -> str:
    """That, with the error and the place in this program where it came up, for whoever mends it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
    return f"{UNFORESEEN} ({type(error).__name__}: {brief(str(error))}{place})"


class HasEncoding(Protocol):
    """What is read; "" where its encoding is not known."""

    encoding: str


@contextmanager
def refusing(reading: HasEncoding) -> Iterator[None]:
    """Whatever goes wrong with a file is that file's refusal: no file ends a run."""
    try:
        yield
    except (SearchlibError, MemoryError):
        raise
    except UnicodeError as error:
        raise SourceError(f"not {reading.encoding or 'such'} text from here on: {error}") from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}") from None
    except Exception as error:
        raise SourceError(f"{unforeseen(error)}; please report it, with the file") from error
