"""The short form of the torture: workers, machines and routers die, and nothing fails. `make torture` is the
long one.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest
import torture


def test_processes_die_and_hang_and_nothing_fails() -> None:
    report = torture.torture_processes(4, seed=7, shards=2, routers=1)
    assert report.failed == []
    assert report.wrong == []
    assert report.num_asked > 100


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="no Ray: the extra ray")
def test_actors_and_nodes_of_ray_die_and_nothing_fails() -> None:
    """In a process of its own, which joins a cluster of its own."""
    ended = subprocess.run(
        [
            sys.executable,
            torture.__file__,
            "--kind",
            "ray",
            "--seconds",
            "1",
            "--shards",
            "2",
            "--routers",
            "1",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
    )
    said = "\n".join(line for line in ended.stdout.splitlines() if line.startswith("ray:"))
    assert ended.returncode == 0, ended.stdout[-4000:]
    assert " 0 failed, 0 wrong" in said
