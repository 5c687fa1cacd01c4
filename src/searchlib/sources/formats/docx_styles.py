"""The styles of a Word document: which are those of headings, of lists, and of hidden text."""

from __future__ import annotations

from .xml_names import Attributes, value_of
from .xml_reader import XmlReader

OFF = frozenset({"0", "false", "off", "none"})


def level_of(attributes: Attributes) -> int:
    """The level of a list that an element names."""
    level = value_of(attributes, "val")
    return int(level) if level in tuple("012345678") else 0


class Styles(XmlReader):
    """Which styles are those of headings, of the title, and of hidden text."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: set[str] = set()
        self.titles: set[str] = set()
        self.hidden: set[str] = set()
        self.lists: dict[str, tuple[str, int]] = {}
        self._id = ""
        self.starts = {
            "w:style": self._style,
            "w:name": self._name,
            "w:outlineLvl": lambda attributes: self._heading(value_of(attributes, "val")),
            "w:vanish": self._vanish,
            "w:numId": lambda attributes: self._number(value_of(attributes, "val"), None),
            "w:ilvl": lambda attributes: self._number(None, level_of(attributes)),
            "w:tblStylePr": lambda _: self.skip(),
        }
        self.ends = {"w:style": lambda: setattr(self, "_id", "")}

    def _style(self, attributes: Attributes) -> None:
        self._id = value_of(attributes, "styleId")

    def _name(self, attributes: Attributes) -> None:
        name = value_of(attributes, "val").lower()
        if self._id and name.startswith("heading "):
            self.headings.add(self._id)
        elif self._id and name == "title":
            self.titles.add(self._id)

    def _heading(self, level: str) -> None:
        if self._id and level.isdigit() and int(level) < 9:
            self.headings.add(self._id)

    def _number(self, of_list: str | None, level: int | None) -> None:
        if self._id:
            before = self.lists.get(self._id, ("", 0))
            self.lists[self._id] = (
                before[0] if of_list is None else of_list,
                before[1] if level is None else level,
            )

    def _vanish(self, attributes: Attributes) -> None:
        if self._id and value_of(attributes, "val") not in OFF:
            self.hidden.add(self._id)
