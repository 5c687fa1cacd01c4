"""Designations of letters and digits meet across scripts: Т-34 and T-34; what only looks so does not."""

from __future__ import annotations

import pytest

from searchlib import Index, Schema, Text
from searchlib.suggest.designations import in_other_script

PAIRS = [
    ("Т-34", "T-34"), ("Т34", "T34"), ("Су-24", "Su-24"), ("С-300", "S-300"), ("С-300ПМУ", "S-300PMU"),
    ("АК-47", "AK-47"), ("АКМ-74", "AKM-74"), ("БТР-80", "BTR-80"), ("БМП-2", "BMP-2"), ("МиГ-29", "MiG-29"),
    ("Ми-8", "Mi-8"), ("Ил-76", "Il-76"), ("Ил-76МД", "Il-76MD"), ("Ту-154", "Tu-154"),
    ("Як-40", "Yak-40"), ("Ан-2", "An-2"), ("Ка-52", "Ka-52"), ("Х-55", "Kh-55"), ("Х-55", "H-55"),
    ("Ф-16", "F-16"), ("Б-52", "B-52"), ("Ж-10", "Zh-10"), ("Ц-3", "Ts-3"), ("Щ-317", "Shch-317"),
    ("Ю-87", "Yu-87"), ("ЗСУ-23", "ZSU-23"), ("РПГ-7", "RPG-7"), ("М-4", "M-4"), ("П-800", "P-800"),
    ("су-27", "su-27"), ("т-90", "t-90"), ("ПМ-9", "PM-9"), ("ЭР-2", "ER-2"), ("У-2", "U-2"),
]  # fmt: skip
APART = [
    ("С-300", "C-300"), ("В-52", "B-52"), ("Р-36", "P-36"), ("Н-1", "H-1"), ("Т-34", "T-35"),
    ("Су-24", "Cy-24"), ("Х-55", "X-55"), ("АК-47", "AK-74"), ("С-300", "S-30"), ("У-2", "Y-2"),
    ("БТР-80", "BTP-80"), ("Т-3", "T-34"), ("МИГ-29", "MIR-29"), ("Т-34", "T"), ("Т-34", "34"),
]  # fmt: skip
NONE = [
    "Токаев",
    "T-",
    "34",
    "-34",
    "34-Т",
    "2024г",
    "ТНТ-ПРЕМЬЕР-1",
    "абвгде-1",
    "Т-123456",
    "",
    "т.34",
    "wi-fi",
]


def index_of(*texts: str) -> Index:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        writer.add_many({"id": text, "body": f"the {text} there"} for text in texts)
    index.refresh()
    return index


@pytest.mark.parametrize(("russian", "english"), PAIRS)
def test_both_ways(russian: str, english: str) -> None:
    assert english in in_other_script(russian) and russian in in_other_script(english)
    index = index_of(russian, english)
    for own, other in ((russian, english), (english, russian)):
        assert [hit.id for hit in index.search(own, cross_script=True)] == [own, other]
        assert [hit.id for hit in index.search(own)] == [own]
        assert {hit.id for hit in index.search(f'"the {own}"', cross_script=True)} == {own, other}
        assert [hit.id for hit in index_of(other).search(own, cross_script=True)] == [other]


@pytest.mark.parametrize(("left", "right"), APART)
def test_another_one(left: str, right: str) -> None:
    assert right not in in_other_script(left) and left not in in_other_script(right)
    index = index_of(left, right)
    assert right not in [hit.id for hit in index.search(left, cross_script=True)]


@pytest.mark.parametrize("text", NONE)
def test_no_designation(text: str) -> None:
    assert in_other_script(text) == []
