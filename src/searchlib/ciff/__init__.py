"""The Common Index File Format: postings exchanged with other search engines, to compare ranking on one
index."""

from .messages import Header
from .transfer import export_ciff, import_ciff

__all__ = ["Header", "export_ciff", "import_ciff"]
