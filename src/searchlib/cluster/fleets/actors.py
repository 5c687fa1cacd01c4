"""Replicas as actors of Ray: Ray places, starts and watches them, and carries the frames.

An actor listens at a socket, too, and tells its address: so a router may ask it either way. Ray is imported
when a function here is called, and not before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from .addresses import Address
from .channel import Call, ReplicaBusy, ReplicaFailed
from .desk import Desk
from .frames import Reply, unpack_reply
from .listening import Listening
from .process import opener_of
from .versions import Versions

if TYPE_CHECKING:
    import ray

NAMESPACE = "searchlib"
MAX_WAITING = 32
_RESOLVE_SECONDS = 2.0
_SHORT = 0.25


class ShardReplica:
    """What runs in an actor: a desk, and a socket that leads to it as well."""

    def __init__(self, opener: str, arguments: list[Any], authkey: bytes, max_running: int | None) -> None:
        import ray

        self._desk = Desk(Versions(opener_of(opener, arguments)), max_running, MAX_WAITING)
        host = ray.util.get_node_ip_address()
        self._authkey = authkey
        self._listening = Listening(self._desk, Address(host), authkey)

    def handle(self, frame: bytes) -> bytes:
        """See Desk."""
        return self._desk.handle(frame)

    def listens(self) -> tuple[str, bytes]:
        """Where, and the key."""
        return str(self._listening.address), self._authkey


class RayCall:
    """A call of an actor's method."""

    def __init__(self, reference: ray.ObjectRef[bytes], name: str) -> None:
        self.reference, self._name = reference, name

    def reply(self) -> Reply:
        """See Call."""
        import ray

        try:
            return unpack_reply(ray.get(self.reference))
        except (ray.exceptions.RayError, ValueError) as error:
            raise ReplicaFailed(f"went away: {_why(error)}", had_request=_had_it(error)) from None

    def abandon(self) -> None:
        """See Call. Ray drops what has not begun."""
        import ray

        with contextlib.suppress(Exception):  # it is done, or its actor is gone
            ray.cancel(self.reference)


class RayChannel:
    """A replica that is a named actor."""

    def __init__(self, actor_name: str) -> None:
        self.name = actor_name
        self._actor: Any = None

    def begin(self, frame: bytes, number: int, seconds: float) -> RayCall:
        """See Channel."""
        import ray

        try:
            if self._actor is None:
                self.revive(seconds)
            return RayCall(self._actor.handle.remote(frame), self.name)
        except ray.exceptions.PendingCallsLimitExceeded as error:
            raise ReplicaBusy(_why(error)) from None
        except ray.exceptions.RayError as error:
            raise ReplicaFailed(_why(error)) from None

    def wait(self, calls: Sequence[Call], seconds: float | None) -> Sequence[Call]:
        """See Channel. For a short time all are waited for: Ray then asks its core once, not once a reply."""
        import ray

        own = {call.reference: call for call in cast("Sequence[RayCall]", calls)}
        num_returns = len(own) if seconds is not None and seconds <= _SHORT else 1
        ready, _ = ray.wait(list(own), num_returns=num_returns, timeout=seconds)
        return [own[reference] for reference in ready]

    def revive(self, seconds: float) -> None:
        """See Channel. Ray starts an actor again by itself; here it is looked up anew."""
        self._actor = actor_of(self.name)

    def address(self) -> Address:
        """Where the actor listens at present. ReplicaFailed: it does not say."""
        return self.listens()[0]

    def listens(self) -> tuple[Address, bytes]:
        """Where the actor listens at present, and the key. ReplicaFailed: it does not say."""
        import ray

        try:
            address, key = ray.get(actor_of(self.name).listens.remote(), timeout=_RESOLVE_SECONDS)
        except ray.exceptions.RayError as error:
            raise ReplicaFailed(f"does not tell its address: {_why(error)}") from None
        return Address.parse(address), key

    def close(self) -> None:
        """See Channel."""
        self._actor = None


def actor_of(name: str) -> Any:
    """The handle of a named actor. ReplicaFailed: there is none of that name, or no Ray."""
    import ray

    try:
        return ray.get_actor(name, namespace=NAMESPACE)
    except (ValueError, ray.exceptions.RayError, ConnectionError) as error:
        raise ReplicaFailed(f"no actor of this name: {_why(error)}") from None


def _why(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__} {lines[0] if lines else ''}".strip()


def _had_it(error: BaseException) -> bool:
    """Whether the actor may have died of the request; one that was not there when it came has not."""
    import ray

    return not isinstance(error, ray.exceptions.ActorUnavailableError)
