"""The short form of the torture: workers, machines and routers die, and nothing fails. `make torture` is the
long one.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torture


def test_processes_die_and_hang_and_nothing_fails() -> None:
    report = torture.torture_processes(4, seed=7, shards=2, routers=1)
    assert report.failed == []
    assert report.wrong == []
    assert report.num_asked > 100


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="no Ray: the extra ray")
def test_actors_and_nodes_of_ray_die_and_nothing_fails(tmp_path: Path) -> None:
    """In processes of their own, which join a cluster of their own, and which all end with the test."""
    arguments = ["--kind", "ray", "--seconds", "1", "--shards", "2", "--routers", "1"]
    with (tmp_path / "said").open("w+") as said:  # not a pipe: what the test has to end would hold it open
        running = subprocess.Popen(
            [sys.executable, torture.__file__, *arguments],
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = running.wait(240)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        said.seek(0)
        text = said.read()
    assert status == 0, text[-4000:]
    (report,) = [line for line in text.splitlines() if line.startswith("ray:")]
    assert " 0 failed, 0 wrong" in report
