"""So many requests of a key or an address in a time, and no more; the machine's memory is kept free."""

from pathlib import Path

import pytest
from serving import make_index, served

from searchlib.serve.access import rates
from searchlib.serve.access.keys import Key, digest_of
from searchlib.serve.access.rates import Rate, Rates, address_of
from searchlib.serve.connections.memory import Memory, resident_bytes
from searchlib.serve.settings import Limits


def test_a_rate_is_written_so() -> None:
    assert [str(Rate.of_text(text)) for text in ("50/s", " 300/m ", "1000/h")] == ["50/s", "300/m", "1000/h"]
    for bad in ("", "50", "0/s", "-1/s", "50/d", "1e3/s", "5.5/s", "50/s/s", "٥/s"):
        with pytest.raises(ValueError, match="50/s, 300/m or 1000/h"):
            Rate.of_text(bad)


def test_a_bucket_is_filled_again_with_time() -> None:
    now = [100.0]
    buckets = Rates(lambda: now[0])
    rate = Rate.of_text("3/s")
    assert [buckets.take("a", rate) for _ in range(3)] == [0, 0, 0]
    waits = buckets.take("a", rate)
    assert waits == pytest.approx(1 / 3)
    assert buckets.take("b", rate) == 0
    now[0] += waits * 1.001
    assert buckets.take("a", rate) == 0
    assert buckets.take("a", rate) > 0
    now[0] += 3600
    assert [bool(buckets.take("a", rate)) for _ in range(5)] == [False] * 3 + [True] * 2


def test_of_many_addresses_only_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MAX_KEPT", 100)
    buckets = Rates(lambda: 0.0)
    for number in range(1000):
        buckets.take(str(number), Rate(1, 1))
    assert len(buckets._buckets) == 100
    assert buckets.take("999", Rate(1, 1)) > 0


def test_an_address_of_a_network_is_one() -> None:
    assert address_of("2001:db8:1:2:3:4:5:6") == address_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert address_of("::ffff:1.2.3.4") == address_of("1.2.3.4") == "1.2.3.4"
    assert (address_of(None), address_of("a socket")) == ("local", "a socket")


def test_who_asks_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    main = {"main": str(make_index(tmp_path / "main"))}
    quick = Key("quick", digest_of("the-quick-one-0123456789"))
    slow = Key("slow", digest_of("the-slow-one-0123456789"), rate=Rate(2, 3600))
    limits = Limits(rate=Rate(5, 3600))
    headers = {key: {"X-API-Key": f"the-{key}-one-0123456789"} for key in ("quick", "slow", "wrong")}
    with served(main, keys=(quick, slow), limits=limits) as client:

        def statuses(who: str | None, number: int) -> list[int]:
            asked = {} if who is None else headers[who]
            return [client.get("/v1/indexes", headers=asked).status_code for _ in range(number)]

        assert statuses("slow", 3) == [200, 200, 429]
        assert statuses("quick", 6) == [200] * 5 + [429]
        assert statuses("wrong", 3) == [401] * 3  # and these count as the address's
        assert statuses(None, 3) == [401, 401, 429]
        assert statuses("wrong", 1) == [429]
        answer = client.get("/v1/indexes", headers=headers["slow"])
        assert 0 < int(answer.headers["retry-after"]) <= 1800
        assert answer.json()["type"] == "urn:searchlib:problem:TooOften"


def test_without_memory_nothing_is_asked_of_the_engine(tmp_path: Path) -> None:
    main = {"main": str(make_index(tmp_path / "main"))}
    left = Memory().left
    if left is None:
        pytest.skip("only Linux says what is resident")
    assert 0 < resident_bytes() < left * 100
    with served(main, limits=Limits(spare_bytes=1 << 62)) as client:
        answer = client.get("/v1/indexes/main/search?q=lesson")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert client.get("/ready").status_code == 503
        assert client.get("/health").status_code == 200
