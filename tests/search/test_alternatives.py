"""An explanation says by which of its alternatives a word stands in the text; of a plain word, nothing."""

from __future__ import annotations

import pytest

from searchlib import Index, Schema, Text

TOLD = [
    ("see report_2024.pdf", "report", "part of report_2024.pdf"),
    ("see report_2024.pdf", "2024", "part of report_2024.pdf"),
    ("see report_2024.pdf", "pdf", "part of report_2024.pdf"),
    ("mail alex@example.com", "alex", "part of alex@example.com"),
    ("mail alex@example.com", "example", "part of alex@example.com"),
    ("written in node.js", "node", "part of node.js"),
    ("call getUserName()", "user", "part of getUserName"),
    ("the state-owned bank", "owned", "part of state-owned"),
    ("said O'Brien", "brien", "part of O'Brien"),
    ("under ст. 228.1 УК", "228", "«228.1», read as «228»"),
    ("the govern-\nment fell", "government", "«govern-⏎ment», joined"),
    ("the govern-\nment fell", "govern", "part of govern-⏎ment"),
    ("совет прави-\nтельства", "правительство", "«прави-⏎тельства», joined"),
    ("12 янв. 2024", "январь", "«янв.» stands for январь"),
    ("он жил в г. Москва", "город", "«г.» stands for город"),
    ("said Gen. Smith", "general", "«Gen.» stands for general"),
    ("Acme Inc. said", "incorporated", "«Inc.» stands for incorporated"),
    ("on Jan. 5", "january", "«Jan.» stands for january"),
    ("5 кг сахара", "килограмм", "«кг» stands for килограмм"),
    ("some 5 km off", "kilometre", "«km» stands for kilometre"),
    ("300 тыс. руб.", "тысяча", "«тыс.» stands for тысяча"),
    ("300 тыс. руб.", "рубль", "«руб.» stands for рубль"),
    ("кол-во людей", "количество", "«кол-во» stands for количество"),
    ("ун-т там", "университет", "«ун-т» stands for университет"),
    ("в ХХ в. было", "век", "«в.» stands for век"),
    ("тонны стали там", "сталь", "«стали», read as «сталь»"),
    ("the café there", "cafe", "«café», read as «cafe»"),
    ("the Wi-Fi there", "wifi", "«Wi-Fi», read as «wifi»"),
    ("the U.S.A. there", "usa", "«U.S.A.», read as «usa»"),
    ("Т-34 там", "Т34", "«Т-34», read as «т34»"),
]
PLAIN = [
    ("the government fell", "government"), ("reports came", "report"), ("он стал там", "стать"),
    ("президента Токаева", "президент"), ("сколько лет. Потом", "год"), ("детей там", "ребенок"),
    ("went home", "go"), ("the U.S.A. there", "there"), ("см. Алматы", "алматы"), ("node of a tree", "node"),
    ("alex was there", "alex"), ("кг", "кг"),
    ("report_2024.pdf", "report_2024.pdf"), ("getUserName()", "getUserName"), ("1 000 000", "1000000"),
    ("café", "café"), ("women", "woman"), ("the mice", "mouse"),
]  # fmt: skip


def explained(text: str, query: str, stored: bool = True) -> str:
    index = Index.in_memory(Schema(body=Text(stored=stored)))
    with index.writer() as writer:
        writer.add_many({"id": str(n), "body": one} for n, one in enumerate((text, "quite another")))
    index.refresh()
    (hit,) = index.search(query)
    explanation = hit.explain()
    assert explanation.value == hit.score
    return str(explanation)


@pytest.mark.parametrize(("text", "query", "told"), TOLD)
def test_the_alternative_is_told(text: str, query: str, told: str) -> None:
    assert f" ({told}), idf" in explained(text, query)
    assert told not in explained(text, query, stored=False)


@pytest.mark.parametrize(("text", "query"), PLAIN)
def test_of_a_plain_word_nothing_is_told(text: str, query: str) -> None:
    said = explained(text, query)
    assert (
        "part of" not in said and "stands for" not in said and "read as" not in said and "joined" not in said
    )


def test_each_is_told_once_and_only_a_few() -> None:
    text = " ".join(f"report_{n}.pdf report_{n}.pdf" for n in range(9))
    said = explained(text, "report")
    assert "(part of report_0.pdf; part of report_1.pdf; part of report_2.pdf), idf" in said
