"""searchlib check: are the bytes on disk those that were written?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .errors import CORRUPT, SUCCESS, Misuse, say
from .options import examples, index_option, json_option, quiet_option, subcommand
from .places import is_collection

if TYPE_CHECKING:
    from searchlib import Repair, Report


@subcommand(
    "check",
    short_help="Verify the index, or repair it.",
    epilog=examples("searchlib check", "searchlib check --repair --index indexes/news"),
)
@index_option
@click.option(
    "--repair", "wants_repair", is_flag=True, help="Keep the intact segments, and say what is lost."
)
@json_option
@quiet_option
def command(index_path: str, wants_repair: bool, as_json: bool, quiet: bool) -> int:
    """Read every byte of the index and compare it with its checksum.

    Exit code 3 if something is damaged. --repair commits what is intact; damaged files are set aside, not
    deleted. Of a file to whose end bytes were appended, these alone go. Indexing the files again brings back
    what was lost: all are read then, and what they gave before is known. Where the index's metadata or a list
    of deleted documents was lost, documents that no file has any more may stay; a new index has none of them.
    """
    import searchlib

    from .output import bytes_text, json_line, one_line, plural, write

    if is_collection(index_path):
        return _check_shards(index_path, wants_repair, as_json, quiet)
    report = searchlib.check(index_path)
    if as_json:
        repaired = searchlib.repair(index_path) if wants_repair and not report.ok else None
        if repaired is not None:
            _read_lost_again(repaired, index_path)
        write(json_line(_as_json(index_path, report, repaired)))
        return SUCCESS if report.ok or repaired is not None else CORRUPT
    for problem in report.problems:
        place = ": ".join(filter(None, (problem.file, problem.part)))
        write(one_line(f"damaged: {place}: {problem.message}"))
    if report.ok:
        files = f"{plural(report.num_files, 'file')}, {bytes_text(report.num_bytes)}"
        if not quiet:
            write(f"{one_line(index_path)} is intact: {plural(report.num_docs, 'document')}, {files}")
        return SUCCESS
    if wants_repair:
        _print_repair(searchlib.repair(index_path), index_path)
        return SUCCESS
    problems = plural(len(report.problems), "problem")
    say(f"{problems}; to keep what is intact: searchlib check --repair --index {index_path}")
    return CORRUPT


def _check_shards(folder: str, wants_repair: bool, as_json: bool, quiet: bool) -> int:
    """Each shard as an index. What is damaged comes back from another copy, or from the sources."""
    import searchlib
    from searchlib import Damage, Report
    from searchlib.cluster import read_collection
    from searchlib.cluster.shard_folders import shard_folder
    from searchlib.errors import SearchlibError

    from .output import bytes_text, json_line, one_line, plural, write

    if wants_repair:
        raise Misuse("--repair is for one index; put a damaged shard back from a copy, or build it anew")
    manifest = read_collection(folder)
    reports = {}
    for number, shard in enumerate(manifest.shards):
        try:
            reports[shard.path] = searchlib.check(shard_folder(folder, manifest, number))
        except SearchlibError as error:
            reports[shard.path] = Report([Damage("", "", str(error))])
    if as_json:
        shards = [_as_json(path, report, None) for path, report in reports.items()]
        is_intact = all(report.ok for report in reports.values())
        write(json_line({"path": folder, "ok": is_intact, "version": manifest.version, "shards": shards}))
        return SUCCESS if is_intact else CORRUPT
    problems = [(path, one) for path, report in reports.items() for one in report.problems]
    for path, one in problems:
        place = ": ".join(filter(None, (path, one.file, one.part)))
        write(one_line(f"damaged: {place}: {one.message}"))
    if problems:
        say(f"{plural(len(problems), 'problem')}; put the shard back from a copy, or build all anew")
        return CORRUPT
    if not quiet:
        num_files = sum(report.num_files for report in reports.values())
        num_bytes = sum(report.num_bytes for report in reports.values())
        what = f"{plural(manifest.num_docs, 'document')} in {plural(len(reports), 'shard')}"
        write(f"{one_line(folder)} is intact: {what}, {plural(num_files, 'file')}, {bytes_text(num_bytes)}")
    return SUCCESS


def _as_json(index_path: str, report: Report, repaired: Repair | None) -> dict[str, Any]:
    """The report, and what a repair did, as plain data."""
    found: dict[str, Any] = {
        "path": index_path,
        "ok": report.ok,
        "num_docs": report.num_docs,
        "num_files": report.num_files,
        "num_bytes": report.num_bytes,
        "problems": [
            {"file": each.file, "part": each.part, "message": each.message} for each in report.problems
        ],
    }
    if repaired is not None:
        found["repair"] = {
            "num_docs": repaired.num_docs,
            "lost": [each._asdict() for each in repaired.lost],
            "lost_deletes": [each._asdict() for each in repaired.lost_deletes],
            "lost_metadata": repaired.lost_metadata,
            "recovered_from": repaired.recovered_from,
            "set_aside": list(repaired.set_aside),
            "cut": [each._asdict() for each in repaired.cut],
        }
    return found


def _print_repair(result: Repair, index_path: str) -> None:
    from .output import one_line, plural, write

    for lost in result.lost:
        write(one_line(f"lost: {plural(lost.num_docs, 'document')} of {lost.file}: {lost.reason}"))
    for revived in result.lost_deletes:
        what = f"which of {plural(revived.num_docs, 'document')} were deleted; they are found again"
        write(one_line(f"lost: {what}: {revived.file}: {revived.reason}"))
    if result.lost_metadata:
        write("lost: the index's metadata, with the record of which files it was made from")
    if result.recovered_from == "old":
        write("lost: what the last commit added or deleted; the commit before it was still there")
    for cut in result.cut:
        what = f"{plural(cut.num_bytes, 'byte')} behind the end of {cut.file}; all that was written is intact"
        write(one_line(f"cut off: {what}"))
    for name in result.set_aside:
        write(one_line(f"set aside: {name}"))
    write(f"{one_line(index_path)} is repaired: {plural(result.num_docs, 'document')} left")
    if _read_lost_again(result, index_path):
        write(f"bring back the rest: searchlib index PATH… --index {one_line(index_path)}")
    if result.lost_metadata or result.lost_deletes:
        write(
            "documents that no file has any more may be in it, and no later run takes them out; to be rid of "
            "them, make another index: searchlib index PATH… --index NEW_DIR"
        )


def _read_lost_again(result: Repair, index_path: str) -> bool:
    """Whether documents, or the record of files, were lost. Then the next run reads all files again."""
    is_less = bool(result.lost or result.lost_deletes) or result.recovered_from == "old"
    if is_less:
        _mark_unread(index_path)
    return is_less or result.lost_metadata


def _mark_unread(index_path: str) -> None:
    """Unchanged files would be passed over, although their documents are lost."""
    import searchlib
    from searchlib.errors import SearchlibError

    try:
        with searchlib.open(index_path).writer() as writer:
            searchlib.mark_unread(writer)
    except SearchlibError as error:
        say(f"note: use `searchlib index --force`, because the record of files could not be changed: {error}")
