"""Numbers, dates and nouns as a language writes them, and the language that a browser asks for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from .messages import LANGUAGES, field_in, messages, unit_in, words

_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ru": (
        *("янв.", "февр.", "марта", "апр.", "мая", "июня"),
        *("июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
    ),
}
_SIZES = {"en": ("B", "kB", "MB", "GB", "TB"), "ru": ("Б", "кБ", "МБ", "ГБ", "ТБ")}
_THOUSANDS = {"en": ",", "ru": "\u00a0"}


def language_of(chosen: str, accepted: str) -> str:
    """The one that is chosen, else the one that the browser likes best, else English.

    accepted: the header Accept-Language.
    """
    if chosen in LANGUAGES:
        return chosen
    best, weight = "en", 0.0
    for part in accepted[:1000].split(","):
        name, _, parameters = part.strip().partition(";")
        code = name.strip().lower().partition("-")[0]
        if code in LANGUAGES and (found := _weight(parameters)) > weight:
            best, weight = code, found
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.replace(" ", "").partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


class Speaker:
    """Says things in one language. t: all messages by name."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.t = messages(language)

    def number(self, value: int) -> str:
        """1,234 or 1 234."""
        return f"{value:,}".replace(",", _THOUSANDS[self.language])

    def count(self, word: str, number: int) -> str:
        """3 documents; 1 документ, 2 документа, 5 документов."""
        return f"{self.number(number)} {self.noun(word, number)}"

    def noun(self, word: str, number: int) -> str:
        """The noun in the form that the number asks for."""
        forms = words(self.language, word)
        if self.language == "ru":
            return forms[_russian_plural(number)]
        return forms[0] if number == 1 else forms[1]

    def day(self, value: date | datetime) -> str:
        """12 Mar 1997, 12 марта 1997; in UTC, as the index keeps it."""
        return f"{value.day} {_MONTHS[self.language][value.month - 1]} {value.year}"

    def size(self, num_bytes: float) -> str:
        """12.3 kB."""
        units = _SIZES[self.language]
        step = 0
        while num_bytes >= 1000 and step < len(units) - 1:
            num_bytes, step = num_bytes / 1000, step + 1
        digits = f"{num_bytes:.1f}" if step and num_bytes < 100 else f"{num_bytes:.0f}"
        return f"{digits.replace('.', ',') if self.language == 'ru' else digits}\u00a0{units[step]}"

    def milliseconds(self, value: float) -> str:
        """0.4 ms."""
        text = f"{value:.1f}" if value < 10 else f"{value:.0f}"
        return f"{text.replace('.', ',') if self.language == 'ru' else text}\u00a0{self.t['ms']}"

    def place(self, place: str) -> str:
        """стр. 1 234, for page 1,234."""
        unit, _, number = place.partition(" ")
        return f"{unit_in(self.language, unit)} {self.number(int(number.replace(',', '')))}" if unit else ""

    def field(self, name: str) -> str:
        """What a field is called."""
        return field_in(self.language, name)

    def quoted(self, text: str) -> str:
        """Between the quotation marks of the language."""
        return self.t["quoted"].replace("{text}", text)

    def value(self, value: Any) -> str:
        """A field's value for people."""
        if isinstance(value, bool):
            return self.t["yes" if value else "no"]
        if isinstance(value, datetime):
            return f"{self.day(value)}, {value:%H:%M} UTC"
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, list):
            return "; ".join(self.value(one) for one in value)
        return str(value)


def _russian_plural(number: int) -> int:
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2
