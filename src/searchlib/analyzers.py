"""The analyzers of a schema's fields, and what an index remembers of them.

Each searched field has one, made of its languages; their fingerprints stand in the manifest.
"""

from __future__ import annotations

from . import _core
from .analysis.analyzer import Analyzer
from .lean import TYPE_CHECKING
from .schema import Keyword, Schema, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def field_analyzers(schema: Schema) -> dict[str, Analyzer | None]:
    """Each searched field's analyzer; None for keywords, which are taken as they are."""
    analyzers: dict[str, Analyzer | None] = {}
    for name in schema.searched_fields:
        field = schema[name]
        analyzers[name] = (
            Analyzer.for_languages(field.languages, field.parts, field.analyzer)
            if isinstance(field, Text)
            else None
        )
    return analyzers


def fingerprints(schema: Schema, analyzers: Mapping[str, Analyzer | None]) -> dict[str, str]:
    """What the manifest keeps, and a reader compares: equal prints give equal lemmas, or match keys."""
    prints = {name: analyzer.fingerprint for name, analyzer in analyzers.items() if analyzer is not None}
    return prints | _folding(schema)


def mismatch(recorded: Mapping[str, str], analyzers: Mapping[str, Analyzer | None]) -> str | None:
    """What differs between an index's analyzers and those installed here, in words; None if nothing does."""
    here = {name: analyzer.fingerprint for name, analyzer in analyzers.items() if analyzer is not None}
    return _difference(recorded, here)


def fold_mismatch(recorded: Mapping[str, str], schema: Schema) -> str | None:
    """The same of the keywords in which case does not count: their keys are Unicode's."""
    return _difference(recorded, _folding(schema))


def _folding(schema: Schema) -> dict[str, str]:
    folded = (name for name, field in schema.items() if isinstance(field, Keyword) and field.fold)
    return dict.fromkeys(folded, f"keyword-{_core.UNICODE_TABLES}")


def differing(recorded: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """The fields whose fingerprints differ."""
    return [name for name in here if recorded.get(name) != here[name]]


def _difference(recorded: Mapping[str, str], here: Mapping[str, str]) -> str | None:
    others = differing(recorded, here)
    if not others:
        return None
    name = others[0]
    return (
        f"the index was made with other dictionaries or rules than the ones installed here "
        f"(field {name!r}: {recorded.get(name)} there, {here[name]} here)"
    )
