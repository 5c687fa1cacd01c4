"""Calls of tools without a protocol around them, each answer held against the schema that is promised."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from searchlib.agents.budget import as_json, num_tokens
from searchlib.agents.catalog import Catalog
from searchlib.agents.refusals import Refusal
from searchlib.agents.tools import call, tools_of


class Tools:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def call(self, name: str, **arguments: Any) -> dict[str, Any]:
        tool = tools_of(self.catalog)[name]
        answer = call(self.catalog, name, arguments)
        Draft202012Validator(tool.gives).validate(answer)
        if "budget" in tool.takes["properties"]:
            budget = arguments.get("budget") or tool.takes["properties"]["budget"]["default"]
            assert num_tokens(as_json(answer)) <= budget
        return answer

    def search(self, query: str, **arguments: Any) -> dict[str, Any]:
        return self.call("search", query=query, **arguments)

    def read(self, **arguments: Any) -> dict[str, Any]:
        return self.call("read", **arguments)

    def refused(self, name: str, **arguments: Any) -> dict[str, Any]:
        """What is said instead of an answer."""
        with pytest.raises(Refusal) as caught:
            call(self.catalog, name, arguments)
        told: dict[str, Any] = caught.value.as_dict()["error"]
        assert num_tokens(as_json(told)) < 1500
        return told
