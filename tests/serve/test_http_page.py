"""docs/http.md: its sessions print what they show, on a server of their own."""

import re
import shlex
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from serving import listening

from searchlib.serve.operations.table import OPERATIONS
from searchlib.serve.types.requests import Searching

PAGE = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")
SESSIONS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.M | re.S)
STEPS = [
    step for session in SESSIONS for step in re.split(r"^\$ ", session, flags=re.M) if step.startswith("curl")
]


def curl(command: str, url: str) -> str:
    """What such a command prints."""
    words = iter(shlex.split(command)[1:])
    method, body, headers, target = None, None, {}, ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data-binary"):
            body = next(words).encode()
        else:
            target = word.replace("localhost:7700", url)
    request = urllib.request.Request(quote(target, safe=":/?&=%"), body, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def test_the_sessions_print_what_they_show(tmp_path: Path) -> None:
    assert len(STEPS) >= 10
    with listening({}, root=str(tmp_path)) as url:
        for step in STEPS:
            command, _, expected = step.rstrip("\n").rpartition("\n")
            pattern = re.escape(expected).replace("…", ".*")
            printed = curl(command, url)
            assert re.fullmatch(pattern, printed), (command, printed)


def test_every_parameter_of_a_search_is_told() -> None:
    rows = "".join(re.findall(r"^\| `q`.*?^$", PAGE, re.M | re.S))
    told = set(re.findall(r"`(\w+)`", rows))
    names = set(Searching.__struct_fields__) | {"boost_by"}
    assert names <= told


def test_every_status_is_told() -> None:
    told = set(re.findall(r"\b[45]\d\d\b", PAGE.rpartition("## Refusals")[2]))
    own = {status for each in OPERATIONS if each.path.startswith("/v1/") for status in each.problems}
    assert {str(status) for status in own - {403}} <= told
