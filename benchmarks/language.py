"""All targets for language in one go: `python -m benchmarks language [--readme]`, some minutes.

It runs the commands for lemmas, ranking and suggestions, shows what they print, measures how long the
dictionaries take to load, and ends with every target and whether it is met; --readme also writes that, and
the tables of the ranking, into the results' README.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys

from .verdicts import Verdict, verdict_of
from .vocabulary import PROJECT, RESULTS

COMMANDS = ("lemmas", "ranking", "suggest")
_MARKS = re.compile(r"(?<=<!-- language -->\n).*?(?=<!-- /language -->)", re.DOTALL)
_LOADING = """
import time
from searchlib import Analyzer
started = time.perf_counter()
analyzer = Analyzer()
assert analyzer.lemmas("стали") == ("стать", "сталь") and analyzer.lemmas("children") == ("child",)
print((time.perf_counter() - started) * 1000)
"""
_RUNS = 9
_MOST_MS = 50


def verdicts_of(command: str, arguments: list[str]) -> list[Verdict]:
    """Runs a command, showing what it prints, and gathers its verdicts; RuntimeError if it has none."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks", command, *arguments],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    found = []
    for line in process.stdout:
        print(line, end="", flush=True)
        if verdict := verdict_of(line):
            found.append(verdict)
    if process.wait() not in (0, 1) or not found:
        raise RuntimeError(f"python -m benchmarks {command} ended with {process.returncode}, without targets")
    return found


def loading() -> Verdict:
    """The median of a few fresh processes."""
    times = [
        float(subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True).stdout)
        for _ in range(_RUNS)
    ]
    median = statistics.median(times)
    return Verdict(
        median <= _MOST_MS, f"both dictionaries opened and asked in {median:.1f} ms, at most {_MOST_MS}"
    )


def table(verdicts: list[Verdict]) -> str:
    """Markdown."""
    lines = ["| target | |", "|---|---|"]
    lines += [f"| {verdict.text} | {'met' if verdict.met else '**missed**'} |" for verdict in verdicts]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Runs all; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks language", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="write the tables")
    options = parser.parse_args(arguments)
    verdicts = []
    for command in COMMANDS:
        print(f"\n# python -m benchmarks {command}\n", flush=True)
        verdicts += verdicts_of(command, ["--readme"] if options.readme and command == "ranking" else [])
    verdicts.append(loading())
    print(f"\n# all targets\n\n{table(verdicts)}")
    if options.readme:
        readme = PROJECT / RESULTS
        text = readme.read_text(encoding="utf-8")
        readme.write_text(_MARKS.sub(lambda _: table(verdicts) + "\n", text), encoding="utf-8")
    return int(not all(verdict.met for verdict in verdicts))
