import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from searchlib.errors import ClosedError, IndexNotFoundError, LockError
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.lock import WriterLock

HOLD = """
import sys, time
from searchlib.storage.lock import WriterLock
lock = WriterLock(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen) -> None:
    with process:
        process.kill()


def test_one_at_a_time(directory):
    with directory.lock() as lock:
        assert lock.held
        lock.require()
        with pytest.raises(LockError, match="this process"):
            directory.lock()
    assert not lock.held
    with pytest.raises(ClosedError):
        lock.require()
    directory.lock().release()


def test_release_twice_frees_nothing_of_the_next_writer(directory):
    first = directory.lock()
    first.release()
    with directory.lock():
        first.release()
        with pytest.raises(LockError):
            directory.lock()


def test_a_timeout_waits_and_then_says_so(directory):
    with directory.lock():
        started = time.monotonic()
        with pytest.raises(LockError):
            directory.lock(timeout=0.2)
        assert time.monotonic() - started >= 0.2  # how much later is the machine's affair


def test_a_waiting_writer_gets_the_lock_when_it_is_free(directory):
    lock = directory.lock()
    threading.Timer(0.1, lock.release).start()
    with directory.lock(timeout=10) as second:
        assert second.held


def test_two_paths_to_one_index_are_one(tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "link").symlink_to("index")
    with DiskDirectory(tmp_path / "index").lock(), pytest.raises(LockError):
        DiskDirectory(tmp_path / "link").lock()


def test_another_process_is_named(tmp_path):
    path = tmp_path / "write.lock"
    process = holder(path)
    try:
        with pytest.raises(LockError, match=f"process {process.pid}"):
            WriterLock(str(path))
    finally:
        end(process)


def test_the_lock_dies_with_its_holder(tmp_path):
    path = tmp_path / "write.lock"
    process = holder(path)
    os.kill(process.pid, signal.SIGKILL)
    end(process)
    WriterLock(str(path)).release()


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_forked_child_neither_holds_nor_keeps_it(directory):
    reading, writing = multiprocessing.Pipe(duplex=False)
    go_reading, go_writing = multiprocessing.Pipe(duplex=False)
    lock = directory.lock()
    pid = os.fork()
    if pid == 0:  # the child lives on while the parent releases and locks anew
        writing.send(lock.held)
        go_reading.recv()
        os._exit(0)
    try:
        assert reading.recv() is False
        assert lock.held
        lock.release()
        directory.lock().release()
    finally:
        go_writing.send("go")
        os.waitpid(pid, 0)


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_the_lock_is_free_when_its_holder_died_and_a_forked_child_lives(tmp_path):
    path = tmp_path / "write.lock"
    code = HOLD.replace(
        'print("held", flush=True)',
        # The child tells, once it runs: what a fork does to it has been done then.
        'import os\nif os.fork() == 0:\n    print("held", flush=True)\n    time.sleep(60)\n    os._exit(0)',
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        WriterLock(str(path)).release()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        assert process.stdin is not None
        process.stdin.close()
        process.stdout.close()


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_child_may_take_the_lock_itself(tmp_path):
    path = str(tmp_path / "write.lock")
    parent = WriterLock(path)
    pid = os.fork()
    if pid == 0:
        try:
            WriterLock(path)
            os._exit(1)
        except LockError:
            pass
        time.sleep(0.01)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    parent.release()
    pid = os.fork()
    if pid == 0:
        os._exit(0 if WriterLock(path).held else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_a_lock_file_that_was_removed_guards_nothing(tmp_path):
    path = tmp_path / "write.lock"
    first = WriterLock(str(path))
    path.unlink()
    second = WriterLock(str(path))  # a new file: the old one's holder has lost its index
    with pytest.raises(LockError):
        WriterLock(str(path))
    first.release()
    second.release()


def test_a_lock_file_that_is_a_link_is_not_followed(tmp_path):
    target = tmp_path / "precious"
    target.write_text("precious")
    (tmp_path / "write.lock").symlink_to(target)
    with pytest.raises(OSError):
        WriterLock(str(tmp_path / "write.lock"))
    assert target.read_text() == "precious"


def test_no_folder_no_lock(tmp_path):
    with pytest.raises(IndexNotFoundError, match="no folder"):
        DiskDirectory(tmp_path / "index").lock()


def test_many_threads_take_turns(directory):
    inside = []
    most = []

    def work() -> None:
        for _ in range(5):
            with directory.lock(timeout=30):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.001)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20
