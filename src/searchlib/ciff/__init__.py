"""The Common Index File Format: postings to and from other search engines, to compare ranking on the same
index.
"""

from .messages import Header
from .transfer import export_ciff, import_ciff

__all__ = ["Header", "export_ciff", "import_ciff"]
