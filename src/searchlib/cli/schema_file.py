"""The file of --schema: fields as JSON, for whoever indexes documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from searchlib import Schema


def read_schema(path: str) -> Schema:
    """The schema; click's error, or SchemaError, if the file has none."""
    import searchlib

    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.BadParameter(f"{path} is not JSON: {error}", param_hint="--schema") from None
    if not isinstance(data, dict):
        raise click.BadParameter(
            f'{path} is not an object like {{"body": {{"kind": "text"}}}}', param_hint="--schema"
        )
    return searchlib.Schema.from_dict(data)
