"""The Common Index File Format: postings to and from other search engines, to compare ranking on the same
index.
"""

from .transfer import export_ciff, import_ciff

__all__ = ["export_ciff", "import_ciff"]
