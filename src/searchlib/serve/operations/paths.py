"""What stands in paths: {index}, a part of one, and {id:rest}, all that is left of one."""

from __future__ import annotations

INDEX = "/v1/indexes/{index}"
DOCUMENT = f"{INDEX}/documents/{{id:rest}}"
