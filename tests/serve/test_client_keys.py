"""What the client can do with a key that does not allow everything."""

from collections.abc import Iterator

import pytest

from searchlib import Client
from searchlib.client.writer import RemoteWriter
from searchlib.errors import AccessDeniedError
from searchlib.serve.keys import key_of_text
from serving import listening, make_index

SECRETS = {scopes: f"the-{scopes}-key-0123456789" for scopes in ("write", "write+read", "write+read+search")}


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = make_index(tmp_path_factory.mktemp("scopes") / "main")
    keys = tuple(key_of_text(f"{scopes}={secret}") for scopes, secret in SECRETS.items())
    with listening({"main": str(folder)}, keys=keys) as url:
        yield url


def test_a_key_that_writes_adds_documents(url: str) -> None:
    with Client(url, key=SECRETS["write"])["main"].writer() as writer:
        assert writer.add({"id": "4", "title": "written"}) == "4"
        for ask in (lambda: writer.delete("1"), lambda: writer.update("1", title="x")):
            with pytest.raises(AccessDeniedError, match="the scope read"):
                ask()
        with pytest.raises(AccessDeniedError, match="the scope search"), index_writer(url, "write") as other:
            other.delete_by_query("title:lessons")
    with index_writer(url, "write+read") as writer:
        assert writer.delete("4")
        writer.update("1", title="changed")
    index = Client(url, key=SECRETS["write+read+search"])["main"]
    with index.writer() as writer:
        assert writer.delete_by_query("title:lessons") == 1
    assert [hit.id for hit in index.search("*:*", sort="year")] == ["1", "3"]


def index_writer(url: str, scopes: str) -> RemoteWriter:
    return Client(url, key=SECRETS[scopes])["main"].writer()
