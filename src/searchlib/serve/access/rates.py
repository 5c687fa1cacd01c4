"""How many requests in which time: a token bucket for each key, or for each address that has none."""

from __future__ import annotations

import ipaddress
import re
import time
from collections import OrderedDict
from collections.abc import Callable

from ...records import Record

MAX_KEPT = 10_000
"""Buckets: who was not seen for longest is forgotten first, and begins with a full one."""

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}


class Rate(Record):
    """number: requests in so many seconds; as many may come at once."""

    number: float
    seconds: float

    @classmethod
    def of_text(cls, text: str) -> Rate:
        """50/s, 300/m, 1000/h. ValueError."""
        found = re.fullmatch(r"([1-9][0-9]{0,8})/([smh])", text.strip())
        if found is None:
            raise ValueError(f"a rate is like 50/s, 300/m or 1000/h, got {text!r:.100}")
        return cls(float(found[1]), _UNITS[found[2]])

    def __str__(self) -> str:
        unit = next(unit for unit, seconds in _UNITS.items() if seconds == self.seconds)
        return f"{self.number:g}/{unit}"


class Rates:
    """The buckets. clock: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str, rate: Rate) -> float:
        """Count a request: 0.0 if it may go on, else the seconds after which one may."""
        now = self._clock()
        left, then = self._buckets.pop(who, (rate.number, now))
        left = min(rate.number, left + (now - then) * rate.number / rate.seconds)
        waits = 0.0 if left >= 1 else (1 - left) * rate.seconds / rate.number
        self._buckets[who] = (left if waits else left - 1, now)
        if len(self._buckets) > MAX_KEPT:
            self._buckets.popitem(last=False)
        return waits


def address_of(host: str | None) -> str:
    """What stands for a client without a key: its address, of IPv6 the 64 bits that one network has."""
    if host is None:
        return "local"
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host
