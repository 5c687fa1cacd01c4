"""What stands in paths: {id:rest}, all that is left of one. Ids have slashes, line breaks, anything."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class _Rest(Convertor[str]):
    regex = r"[\s\S]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("rest", _Rest())

INDEX = "/v1/indexes/{index}"
DOCUMENT = f"{INDEX}/documents/{{id:rest}}"
