"""Who may ask for what: every operation of the table wants its scope, and nothing goes round it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import listening, make_index, path_of, served
from starlette.testclient import TestClient

import searchlib
from searchlib import Index, Integer, Schema, Text
from searchlib.errors import AccessDeniedError
from searchlib.serve.access.key_checks import check_keys
from searchlib.serve.access.keys import (
    SCOPES,
    Key,
    digest_of,
    is_open_to_others,
    key_of_text,
    keys_of_file,
    new_key,
)
from searchlib.serve.operations.operation import Operation
from searchlib.serve.operations.table import OPERATIONS
from searchlib.serve.problems import MEDIA_TYPE
from searchlib.serve.settings import Settings

SECRETS = {scope: f"the-{scope}-key-0123456789" for scope in SCOPES}
KEYS = tuple(Key(scope, digest_of(secret), frozenset((scope,))) for scope, secret in SECRETS.items())


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("keys")
    make_index(folder / "main"), make_index(folder / "other")
    one = Key("one", digest_of("only-one-index-0123"), frozenset(("search", "read")), frozenset(("other",)))
    with served({}, root=str(folder), keys=(*KEYS, one)) as client:
        yield client


def ask(client: TestClient, operation: Operation, headers: dict[str, str], index: str = "none") -> Any:
    """The operation, without what it would need to do anything; on an index that there is not."""
    path = path_of(operation, index, "1")
    return client.request(operation.method, path, headers=headers)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_wants_its_scope(client: TestClient, operation: Operation) -> None:
    nobody = ask(client, operation, {})
    if operation.scope == "public":
        assert nobody.status_code in (200, 404)  # the page has no file that is called 1
        return
    assert nobody.status_code == 401
    assert nobody.headers["www-authenticate"].startswith("Bearer ")
    if nobody.headers["content-type"] == MEDIA_TYPE:
        assert nobody.json()["type"] == "urn:searchlib:problem:KeyWanted"
    for scope, secret in SECRETS.items():
        answer = ask(client, operation, bearer(secret))
        if scope in (operation.scope, "admin", *operation.also):
            assert answer.status_code not in (401, 403), (scope, answer.text)
        else:
            assert answer.status_code == 403, (scope, answer.text)
            assert f'scope="{operation.scope}"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_a_key_that_is_none_opens_nothing(client: TestClient, operation: Operation) -> None:
    answer = ask(client, operation, bearer("not-a-key-of-this-server"))
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize(
    "headers",
    [
        bearer(SECRETS["search"]),
        {"Authorization": f"bearer  {SECRETS['search']}"},
        {"X-API-Key": SECRETS["search"]},
    ],
)
def test_it_comes_in_a_header(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/v1/indexes/main/search?q=lesson", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Basic {SECRETS['search']}"},
        {"Authorization": "Bearer"},
        {"Authorization": SECRETS["search"]},
        {"Cookie": f"key={SECRETS['search']}"},
        {"X-API-Key": ""},
    ],
)
def test_other_places_are_none(client: TestClient, headers: dict[str, str]) -> None:
    url = f"/v1/indexes/main/search?q=lesson&key={SECRETS['search']}&api_key={SECRETS['search']}"
    assert client.get(url, headers=headers).status_code == 401


def test_an_index_that_a_key_does_not_see_is_as_none(client: TestClient) -> None:
    headers = bearer("only-one-index-0123")
    listed = client.get("/v1/indexes", headers=headers).json()["indexes"]
    assert [index["name"] for index in listed] == ["other"]
    for path in ("/v1/indexes/main", "/v1/indexes/main/search?q=a", "/v1/indexes/main/stats"):
        hidden = client.get(path, headers=headers)
        missing = client.get(path.replace("main", "none"), headers=headers)
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert hidden.json()["detail"].replace("main", "none") == missing.json()["detail"]
    assert client.get("/v1/indexes/other/stats", headers=headers).status_code == 200
    assert client.get("/metrics", headers=headers).status_code == 403


def test_keys_of_a_command_line() -> None:
    key, hashed = new_key()
    assert len(key) >= 43
    assert hashed == f"sha256:{digest_of(key).hex()}"
    assert key_of_text(key).scopes == {"admin"}
    assert key_of_text(f"search={key}").scopes == {"search"}
    assert key_of_text(f"search+read={key}").scopes == {"search", "read"}
    assert key_of_text(f"search+read={key}").digest == digest_of(key)
    assert key not in repr(key_of_text(key))
    odd = "d2hhdGV2ZXItaXQtaXM="
    assert key_of_text(odd).digest == digest_of(odd)
    for bad in (
        "",
        "short",
        "search=short",
        "with a space in it, too",
        "search+read+write+admin=",
        "с буквами не из ASCII",
    ):
        with pytest.raises(ValueError, match="--make-key"):
            key_of_text(bad)


@pytest.mark.parametrize("scopes", ["serch", "search+raed", "Search", "", "search,read", "what-ever"])
def test_a_slip_in_a_scope_is_no_part_of_a_key(scopes: str) -> None:
    with pytest.raises(ValueError, match=r"admin, read, search, write, joined by \+, got"):
        key_of_text(f"{scopes}=a-long-one-of-your-own")


FILE = f"""
[[keys]]
name = "site"
hash = "sha256:{digest_of("of-the-site-0123456789").hex()}"
scopes = ["search"]
indexes = ["main"]
filter = "tags:politics"
rate = "50/s"

[[keys]]
name = "loader"
key = "of-the-loader-0123456789"
scopes = ["write"]
"""


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_keys_of_a_file(tmp_path: Path, ending: str) -> None:
    from searchlib.serve.access.keys import _toml

    path = tmp_path / f"keys.{ending}"
    path.write_text(FILE if ending == "toml" else json.dumps(_toml(FILE)))
    site, loader = keys_of_file(str(path))
    assert (site.digest, loader.digest) == (
        digest_of("of-the-site-0123456789"),
        digest_of("of-the-loader-0123456789"),
    )
    assert (site.name, site.filter, str(site.rate)) == ("site", "tags:politics", "50/s")
    assert (site.sees("main"), site.sees("other"), loader.sees("other")) == (True, False, True)
    assert loader.allows("write")
    assert not loader.allows("search")
    path.chmod(0o644)
    assert is_open_to_others(str(path))
    hashes = tmp_path / "hashes.toml"
    hashes.write_text(FILE.partition("\n\n")[0])
    hashes.chmod(0o644)
    assert not is_open_to_others(str(hashes))
    path.chmod(0o600)
    assert not is_open_to_others(str(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "keys"),
        ("keys = []", "no key"),
        ("keys = 3", "array"),
        ("not toml", "keys.toml"),
        (FILE.replace('["write"]', '["wirte"]'), "wirte"),
        (FILE.replace('["write"]', "[]"), "length"),
        (FILE.replace('"loader"', '"site"'), "one name"),
        (FILE.replace("of-the-loader-0123456789", "short"), "16 characters"),
        (FILE.replace("of-the-loader-0123456789", "of-the-site-0123456789"), "the same"),
        (FILE.replace('rate = "50/s"', 'rate = "fast"'), "50/s"),
        (FILE.replace("rate =", "rat ="), "rat"),
        (FILE.replace('scopes = ["search"]', 'scopes = ["search", "write"]'), "filter"),
        (FILE + 'hash = "sha256:' + "0" * 64 + '"', "one of the two"),
        (FILE.replace("sha256:", "md5:"), "regex"),
    ],
)
def test_a_file_that_cannot_be_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=said) as raised:
        keys_of_file(str(path))
    assert str(path) in str(raised.value)


def test_filters_are_read_strictly_at_the_start(tmp_path: Path) -> None:
    main = {"main": str(make_index(tmp_path / "main"))}
    secret = digest_of("of-a-tenant-0123456789")
    assert (
        check_keys([Key("a", secret, filter="tags:politics"), Key("b", secret, filter="")], Settings(main))
        == []
    )
    for bad in ("nothing:x", "year:soon"):
        with pytest.raises(ValueError, match=r"the filter of the key 'a', in 'main'"):
            check_keys([Key("a", secret, filter=bad)], Settings(main))


def test_what_a_key_will_never_find_is_said(tmp_path: Path) -> None:
    main = {"main": str(make_index(tmp_path / "main"))}
    secret = digest_of("of-a-tenant-0123456789")
    (warning,) = check_keys([Key("a", secret, filter="tags:politcs")], Settings(main))
    assert "the filter of the key 'a', 'tags:politcs', finds no document in main" in warning
    (warning,) = check_keys([Key("b", secret, indexes=frozenset(("mian", "main")))], Settings(main))
    assert "the key 'b' is for an index 'mian', which is not served; there are: main" in warning


@pytest.mark.parametrize("fields", [{}, {"tags": Integer()}])
def test_an_index_that_comes_later_keeps_no_server_from_its_start(
    tmp_path: Path, fields: dict[str, Integer]
) -> None:
    """A filter that cannot be asked there is said, and lets nothing through."""
    root = tmp_path / "root"
    other = Index.create(root / "other", Schema(title=Text(), **fields))
    with other.writer() as writer:
        writer.add({"id": "1", "title": "of nobody"})
    secret = "of-a-tenant-0123456789"
    key = Key("a", digest_of(secret), frozenset(("search", "read")), filter="tags:politics")
    (warning,) = check_keys([key], Settings({}, str(root)))
    assert "the filter of the key 'a', in 'other'" in warning
    main = {"main": str(make_index(tmp_path / "main"))}
    assert check_keys([key], Settings(main, str(root))) == [warning]
    with served(main, root=str(root), keys=(key,)) as client:
        client.headers.update(bearer(secret))
        listed = client.get("/v1/indexes").json()["indexes"]
        assert [(one["name"], one["documents"]) for one in listed] == [("main", 2), ("other", 0)]
        found = client.get("/v1/indexes/other/search?q=nobody").json()
        assert (found["hits"], found["total"]) == ([], 0)
        assert client.get("/v1/indexes/other/documents/1").status_code == 404
        for path in ("complete?q=nob", "suggest?q=nobodyy", "instant?q=nob"):
            answer = client.get(f"/v1/indexes/other/{path}")
            assert (answer.status_code, "nobody" in answer.text.replace("nobodyy", "")) == (200, False)


def test_only_a_digest_is_kept(client: TestClient) -> None:
    state = client.app.state  # type: ignore[attr-defined]
    told = repr(vars(state)) + repr(vars(state.keys)) + repr(state.settings)
    assert not [secret for secret in SECRETS.values() if secret in told]
    assert os.environ.get("SEARCHLIB_KEY") is None


def test_programs_are_told_why_a_key_is_refused(tmp_path: Path) -> None:
    make_index(tmp_path / "main")
    with listening({"main": str(tmp_path / "main")}, keys=KEYS) as url:
        with pytest.raises(AccessDeniedError, match="The key is not known here"):
            searchlib.open(f"{url}/main", key="another-key-0123456789")
        with pytest.raises(AccessDeniedError, match=r"The key does not allow it: .* scope read"):
            searchlib.open(f"{url}/main", key=SECRETS["search"]).get("1")
