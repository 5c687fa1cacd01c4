"""Who may ask for what: keys with scopes, indexes, and a filter that nobody can lift.

A key is looked up by its SHA-256, which is all that is kept of it: keys are long and random, so that a quick
hash is enough. Without any key everybody is `ANYBODY`; a server that others can reach is not started so
(`listening`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import msgspec

from ...records import Record
from ..problems import ProblemError
from .rates import Rate

if TYPE_CHECKING:
    from starlette.requests import Request

    from ..operations.operation import Operation, Scope

KeyScope = Literal["search", "read", "write", "admin"]
SCOPES = frozenset(get_args(KeyScope))
LEAST_LENGTH = 16
"""Characters of a key: fewer are guessed."""

_REALM = 'Bearer realm="searchlib"'


class Key(Record):
    """What a client may do.

    name: for the log. digest: the SHA-256 of the key; b"" for no key at all. scopes: what it allows; "admin"
    allows everything. indexes: those that it sees; None: all. filter: a query, read strictly, that all
    documents which it sees must match; None: all. rate: how many requests; None: as the server has it.
    """

    name: str
    digest: bytes
    scopes: frozenset[str] = SCOPES
    indexes: frozenset[str] | None = None
    filter: str | None = None
    rate: Rate | None = None

    def allows(self, scope: Scope) -> bool:
        """Whether it may ask for operations of that scope."""
        return scope == "public" or scope in self.scopes or "admin" in self.scopes

    def sees(self, index: str) -> bool:
        """Whether it may know of an index."""
        return self.indexes is None or index in self.indexes

    def __repr__(self) -> str:
        return f"<Key {self.name!r}: {', '.join(sorted(self.scopes))}>"


ANYBODY = Key("anybody", b"")
"""Who asks a server without keys."""

STRANGER = Key("stranger", b"", frozenset())
"""Who asks a server that has keys, without one."""


class Keys:
    """Those of a server; none of them: everybody may do everything."""

    def __init__(self, keys: Iterable[Key] = ()) -> None:
        self._by_digest = {key.digest: key for key in keys}

    def __len__(self) -> int:
        return len(self._by_digest)

    def replace(self, keys: Iterable[Key]) -> list[Key]:
        """Ask for others from now on, one at least; those before."""
        before, self._by_digest = self._by_digest, {key.digest: key for key in keys}
        assert self._by_digest, "a server that has keys must not lose all of them"
        return list(before.values())

    def of(self, request: Request) -> Key:
        """Whose request it is; a Problem of status 401 for a key that is none."""
        if not self._by_digest:
            return ANYBODY
        given = _given(request)
        if given is None:
            return STRANGER
        digest = digest_of(given)
        found = self._by_digest.get(digest)
        if found is None or not hmac.compare_digest(found.digest, digest):
            headers = {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
            raise ProblemError(401, "UnknownKey", "The key is not known here", "ask for a new one", headers)
        return found


def admit(request: Request, operation: Operation, key: Key) -> None:
    """Let a request through, or raise the Problem that says what it lacks."""
    if key is ANYBODY:
        return
    scope = operation.scope
    is_allowed = any(map(key.allows, (scope, *operation.also)))
    index = request.path_params.get("index")
    if index is not None and is_allowed and not key.sees(str(index)):
        detail = f"this key sees no index {str(index)!r:.100}"
        raise ProblemError(404, "IndexNotFoundError", "There is no such index", detail)
    if is_allowed:
        if scope != "public" and key.filter is not None and not operation.for_tenants:
            detail = f"{operation.name} is about whole indexes, and the key {key.name!r} sees a part"
            raise ProblemError(403, "Forbidden", "The key has a filter", detail)
        return
    if key is STRANGER:
        detail = "send it as `Authorization: Bearer KEY` or as `X-API-Key: KEY`, never in the address"
        raise ProblemError(401, "KeyWanted", "A key is wanted", detail, {"WWW-Authenticate": _REALM})
    headers = {"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{scope}"'}
    detail = f"this takes a key with the scope {scope}; the key {key.name!r} has {_listed(key.scopes)}"
    raise ProblemError(403, "Forbidden", "The key does not allow it", detail, headers)


def _given(request: Request) -> str | None:
    """The key that came with a request."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and value.strip():
        return value.strip()
    return request.headers.get("x-api-key") or None


def digest_of(key: str) -> bytes:
    """The SHA-256 of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def new_key() -> tuple[str, str]:
    """A new random key of 256 bits, and its hash as a file of keys has it."""
    key = secrets.token_urlsafe(32)
    return key, f"sha256:{digest_of(key).hex()}"


# ---- from a command line and from files


def key_of_text(text: str) -> Key:
    """KEY, which may do everything, or SCOPE=KEY, or SCOPE+SCOPE=KEY. ValueError.

    A key may end with =, as base64 does. One with = within stands in a file: here a slip in a scope is seen.
    """
    scopes, equals, secret = text.partition("=")
    wanted = scopes.split("+")
    if not equals or not SCOPES.issuperset(wanted):
        if secret.strip("="):
            raise ValueError(
                f"before the = of a key stand scopes, {_listed(SCOPES)}, joined by +, got {scopes!r:.12}; "
                f"a key that has a = itself goes into a file, for --keys"
            )
        wanted, secret = ["admin"], text
    digest = digest_of(_checked(secret))
    return Key(f"key-{digest.hex()[:6]}", digest, frozenset(wanted))


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    """A key in a file."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    scopes: Annotated[list[KeyScope], msgspec.Meta(min_length=1)]
    key: str | None = None
    hash: Annotated[str, msgspec.Meta(pattern="^sha256:[0-9a-fA-F]{64}$")] | None = None
    indexes: list[str] | None = None
    filter: str | None = None
    rate: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    keys: list[_Entry]


def keys_of_file(path: str) -> list[Key]:
    """The keys of a file in TOML, or in JSON if its name ends so: a list `keys`. ValueError, OSError."""
    try:
        keys = [_key_of(entry) for entry in _entries(path)]
        if not keys:
            raise ValueError("it has no key")
        if len({key.name for key in keys}) < len(keys) or len({key.digest for key in keys}) < len(keys):
            raise ValueError("two of its keys have one name, or are the same")
    except (ValueError, msgspec.MsgspecError) as error:
        raise ValueError(f"the keys in {path}: {error}") from None
    return keys


def _entries(path: str) -> list[_Entry]:
    data = Path(path).read_bytes()
    if path.endswith(".json"):
        return msgspec.json.decode(data, type=_File).keys
    return msgspec.convert(_toml(data.decode()), _File).keys


def is_open_to_others(path: str) -> bool:
    """Whether other users of the machine may read a file of keys that are more than hashes."""
    if all(entry.key is None for entry in _entries(path)):
        return False
    return os.name == "posix" and bool(os.stat(path).st_mode & 0o077)  # noqa: PTH116


def _toml(data: str) -> object:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(data)


def _key_of(entry: _Entry) -> Key:
    if (entry.key is None) == (entry.hash is None):
        raise ValueError(f"{entry.name!r} has to have a key or its hash: one of the two")
    digest = digest_of(_checked(entry.key)) if entry.key is not None else bytes.fromhex(str(entry.hash)[7:])
    if entry.filter is not None and {"write", "admin"} & set(entry.scopes):
        raise ValueError(
            f"{entry.name!r} has a filter and may write: what is written is not filtered, so that a filter "
            f"goes with the scopes search and read alone"
        )
    indexes = None if entry.indexes is None else frozenset(entry.indexes)
    rate = None if entry.rate is None else Rate.of_text(entry.rate)
    return Key(entry.name, digest, frozenset(entry.scopes), indexes, entry.filter, rate)


def _checked(secret: str) -> str:
    """ValueError for a key that could be guessed, or that no header can carry."""
    if len(secret) < LEAST_LENGTH or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise ValueError(
            f"a key has {LEAST_LENGTH} characters of ASCII or more, without spaces; "
            f"`searchlib serve --make-key` makes one"
        )
    return secret


def _listed(scopes: Iterable[str]) -> str:
    return ", ".join(sorted(scopes)) or "none"
