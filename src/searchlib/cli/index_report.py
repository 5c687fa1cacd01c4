"""What `searchlib index` says: problems and progress on the way, a line or two at the end.

What is refused or worth knowing goes to stderr, the summary to stdout. Nothing is decided here.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .errors import say
from .how import as_before_text, how_text
from .output import bytes_text, json_line, one_line, plural, write
from .progress import BuildLine, ProgressLine

if TYPE_CHECKING:
    from searchlib import Field, How, Index, Problem, Progress, Schema, Sources
    from searchlib.types import Walk

_MAX_VANISHED = 3
_MAX_SHOWN = 20  # on a terminal; in a file, all
_MAX_ALIKE = 3
"""Files of which the same is noted; of old letters there may be a thousand, all of one encoding."""


class IndexReport:
    """What is said on the way (on stderr) and at the end (on stdout); quiet: only what was refused.

    as_json: all of it is one JSON object at the end. verbose: what is passed over is named.
    """

    def __init__(self, quiet: bool, *, as_json: bool = False, verbose: bool = False) -> None:
        self._quiet = quiet or as_json
        self._as_json, self._verbose = as_json, verbose
        self.problems: dict[str, list[dict[str, str]]] = {"refused": [], "notes": []}
        self._passed: list[dict[str, str]] = []
        self.as_before: list[tuple[Sequence[str], How]] = []
        self.line: ProgressLine | None = None
        self._limit = _MAX_SHOWN if sys.stderr.isatty() else None
        self.num_refused = 0
        self._num_alike: dict[str, int] = {}  # notes by their text

    @property
    def shows_progress(self) -> bool:
        """Whether anybody sees how far it is, so that all files have to be counted first."""
        return not self._quiet and sys.stderr.isatty()

    def looking(self) -> ProgressLine:
        """Files are listed, and the first ones looked at for a schema, before any is read."""
        self.line = ProgressLine(None, enabled=not self._quiet)
        self.line.note("looking at the files …", at_once=True)
        return self.line

    def progress(self, num_bytes: int | None) -> ProgressLine:
        self.line = ProgressLine(num_bytes, enabled=not self._quiet)
        return self.line

    def building(self) -> BuildLine:
        """A collection is built, in several stages."""
        return BuildLine(self, enabled=not self._quiet)

    def update(self, done: Progress) -> None:
        assert self.line is not None
        self.line.update(done.num_bytes, done.num_documents)

    def committing(self) -> None:
        assert self.line is not None
        self.line.note("committing …")

    def refused(self, problem: Problem) -> None:
        self.num_refused += 1
        if self._as_json:
            self.problems["refused"].append(problem._asdict())
        elif self._limit is None or self.num_refused <= self._limit:
            self._say(f"refused: {problem}")
        elif self.num_refused == self._limit + 1:
            self._say("refused: more; all of them are named in a file: 2> refused.txt")

    def notice(self, problem: Problem) -> None:
        if self._as_json:
            self.problems["notes"].append(problem._asdict())
        elif not self._quiet:
            self._num_alike[problem.reason] = num = self._num_alike.get(problem.reason, 0) + 1
            if num <= _MAX_ALIKE or self._verbose:
                self._say(f"note: {problem}")

    def passed(self, path: str, reason: str) -> None:
        if self._verbose and self._as_json:
            self._passed.append({"path": path, "reason": reason})
        elif self._verbose and not self._quiet:
            self._say(f"passed over: {path} ({reason})")

    def read_as_before(self, paths: Sequence[str], how: How) -> None:
        """Paths are read as in an earlier run."""
        self.as_before.append((paths, how))
        if not self._quiet:
            self._say(f"note: {as_before_text(paths, how)}")

    def schema(self, schema: Schema, *, inferred: bool) -> None:
        if not self._quiet:
            self._say(f"schema{' (inferred)' if inferred else ''}: {fields_text(schema)}")

    def _say(self, line: str) -> None:
        if self.line is not None:
            self.line.clear()
        say(line)

    def summary(
        self,
        several: list[Sources],
        done: Progress,
        index: Index,
        index_path: str,
        num_docs_before: int,
        seconds: float,
    ) -> None:
        if self._as_json:
            self._write_json(several, done, index, index_path, seconds)
            return
        self.say_left_out(_left_out_of(several))
        grown = {name: field for sources in several for name, field in sources.grown.items()}
        if grown and not self._quiet:
            say(f"note: new fields: {fields_text(grown)}")
        if done.vanished and not self._quiet:
            say(f"note: {vanished_text(done.vanished)}")
        if done.kept and not self._quiet:
            say(f"note: {kept_text(done.kept)}")
        refused = self.num_refused + done.num_refused_before
        if refused:
            before = (
                f" ({done.num_refused_before:,} of them in an earlier run)" if done.num_refused_before else ""
            )
            say(f"{refused:,} refused{before}")
        if self._quiet:
            return
        for reason, num in self._num_alike.items():
            if num > _MAX_ALIKE and not self._verbose:
                say(f"note: {plural(num - _MAX_ALIKE, 'more file')}: {reason}; -v names them")
        parts = [f"{plural(done.num_documents, 'document')} indexed in {seconds:.1f} s"]
        if done.num_documents and seconds > 0.5:
            rate = f"{done.num_documents / seconds:,.0f} documents/s"
            parts.append(f"{rate}, {done.num_bytes_read / 1e6 / seconds:.1f} MB/s")
        if done.num_renamed:
            parts.append(f"{done.num_renamed:,} with another id than theirs, which was taken")
        num_replaced = num_docs_before + done.num_documents - done.num_removed - len(index)
        if num_replaced > 0:
            parts.append(f"{num_replaced:,} in place of earlier ones with the same id")
        if done.num_files_unchanged:
            parts.append(f"{plural(done.num_files_unchanged, 'file')} unchanged")
        if done.num_removed:
            parts.append(f"{done.num_removed:,} removed")
        passed_over = counts_of(sources.walk for sources in several)
        if passed_over:
            parts.append(f"passed over: {', '.join(passed_over)}")
        write("; ".join(parts))
        stats = index.stats()
        whole = f"{plural(stats['num_docs'], 'document')}, {bytes_text(stats['size_bytes'])}"
        write(f"{one_line(index_path)}: {whole}")

    def _write_json(
        self, several: list[Sources], done: Progress, index: Index, index_path: str, seconds: float
    ) -> None:
        stats = index.stats()
        said: dict[str, Any] = {
            "index": index_path,
            "num_docs": stats["num_docs"],
            "size_bytes": stats["size_bytes"],
            "indexed": done.num_documents,
            "removed": done.num_removed,
            "renamed": done.num_renamed,
            "files_read": done.num_files_read,
            "files_unchanged": done.num_files_unchanged,
            "refused_before": done.num_refused_before,
            **self.problems,
            "new_fields": {name: field.kind for each in several for name, field in each.grown.items()},
            "left_out": _left_out_of(several),
            "passed_over": dict(sorted(_passed_over_of(sources.walk for sources in several).items())),
            "vanished": done.vanished,
            "kept": done.kept,
            "as_before": [{"paths": list(paths), "options": how_text(how)} for paths, how in self.as_before],
            "seconds": round(seconds, 3),
        }
        if self._verbose:
            said["passed_over_files"] = self._passed
        write(json_line(said))

    def say_left_out(self, left_out: dict[str, int]) -> None:
        """The fields that were left out, those of most documents first; a file may have a thousand."""
        if self._quiet:
            return
        others = left_out.pop("…", 0)
        most = sorted(left_out.items(), key=lambda item: -item[1])
        for name, count in most[:_MAX_SHOWN]:
            of = plural(count, "document")
            say(f"note: the field {name!r} of {of} is not in the schema and was left out")
        rest = most[_MAX_SHOWN:]
        if others:
            num_values = sum(count for _, count in rest) + others
            say(f"note: so were over {len(rest):,} more fields ({num_values:,} values); --schema chooses")
            return
        if rest:
            num_values = sum(count for _, count in rest)
            say(f"note: so were {len(rest):,} more fields ({num_values:,} values); --schema chooses")


def vanished_text(paths: list[str]) -> str:
    """Which files are gone, and what to do about it."""
    return f"{_unmet_text(paths, 'not met any more')}; --prune removes them"


def kept_text(paths: list[str]) -> str:
    """Which files are there, but were not read this time, and what to do about it."""
    return f"{_unmet_text(paths, 'there, but passed over')}; `searchlib rm PATH` removes them"


def _unmet_text(paths: list[str], what: str) -> str:
    shown = ", ".join(one_line(path) + _now_a_folder(path) for path in paths[:_MAX_VANISHED])
    more = f" and {len(paths) - _MAX_VANISHED:,} more" if len(paths) > _MAX_VANISHED else ""
    are, their = ("is", "its") if len(paths) == 1 else ("are", "their")
    return (
        f"{plural(len(paths), 'file')} of the index {are} {what}, and {their} documents stay: {shown}{more}"
    )


def _now_a_folder(path: str) -> str:
    """An archive that was unpacked in its own place is not there any more, though its name is."""
    return " (a folder now)" if os.path.isdir(path) else ""  # noqa: PTH112


def counts_of(walks: Iterable[Walk]) -> list[str]:
    """What was passed over, by type: 3 hidden."""
    return [f"{count:,} {why}" for why, count in sorted(_passed_over_of(walks).items())]


def _passed_over_of(walks: Iterable[Walk]) -> Counter[str]:
    return sum((walk.passed_over for walk in walks), Counter())


def _left_out_of(several: list[Sources]) -> dict[str, int]:
    return dict(sum((Counter(sources.left_out) for sources in several), Counter()))


def fields_text(schema: Mapping[str, Field]) -> str:
    """The fields in a line: title (text, boost 2), body (text), year (number)."""
    fields = []
    for name, field in schema.items():
        boost = getattr(field, "boost", 1.0)
        fields.append(f"{name} ({field.kind}{f', boost {boost:g}' if boost != 1 else ''})")
    more = f" and {len(fields) - _MAX_SHOWN} more" if len(fields) > _MAX_SHOWN else ""
    return ", ".join(fields[:_MAX_SHOWN]) + more
