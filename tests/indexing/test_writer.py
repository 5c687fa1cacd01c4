"""What a writer takes is taken when it is given."""

import pytest

from searchlib import Index, Keyword, Schema, Text
from searchlib.indexing.transaction import Transaction


def test_a_list_may_be_filled_anew_for_the_next_document():
    index = Index.in_memory(Schema(tags=Keyword(), body=Text()))
    tags: list[str] = []
    body: list[str] = []
    with index.writer() as writer:
        for number in range(3):
            tags[:] = [f"tag{number}"]
            body[:] = [f"слово{number}", "the same"]
            writer.add({"id": str(number), "tags": tags, "body": body})
    index.refresh()
    for number in range(3):
        for query in (f"tags:tag{number}", f"слово{number}"):
            assert [hit.id for hit in index.search(query)] == [str(number)], query


@pytest.mark.parametrize(("fields", "memory_mb"), [(3, 0.05), (60, 0.5), (250, 1), (250, 4)])
def test_many_fields_leave_room_for_documents(
    fields: int, memory_mb: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fields take before there is a document is not a document's: or each one would be a segment."""
    flushes: list[int] = []
    flush = Transaction.flush

    def counted(self: Transaction) -> object:
        flushes.append(1)
        return flush(self)

    monkeypatch.setattr(Transaction, "flush", counted)
    names = [f"f{number}" for number in range(fields)]
    index = Index.in_memory(Schema(**{name: Text() for name in names}))
    num_docs = 600
    with index.writer(memory_mb=memory_mb) as writer:
        for number in range(num_docs):
            writer.add({"id": str(number), **dict.fromkeys(names[::40], f"word{number % 97} and")})
    index.refresh()
    assert len(index) == num_docs and len(flushes) <= num_docs // 20
    flushes.clear()
    index.change_fields({names[0]: Text(languages=("en",))}, memory_mb=memory_mb)
    assert len(index) == num_docs
