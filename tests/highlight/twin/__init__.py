"""Marks, fragments and borders in plain Python: what the core's highlighting is compared with."""

from .fragments import fragments
from .sentences import sentence_borders
from .spans import spans

__all__ = ["fragments", "sentence_borders", "spans"]
