"""What a writer takes is taken when it is given."""

from searchlib import Index, Keyword, Schema, Text


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
