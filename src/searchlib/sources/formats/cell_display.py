"""What a spreadsheet shows of a stored number: dates, times, percents and decimals by the cell's format.

Dates are written as ISO has them, and numbers with a point and without groups, whatever the country: a search
for a number finds it in either way. Files are not known here.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta

_BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy-mm-dd", 15: "yyyy-mm-dd", 16: "yyyy-mm-dd", 17: "yyyy-mm", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
}  # fmt: skip
"""The formats that a file need not spell out."""

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DECIMALS = re.compile(r"[0#?]\.(0+)")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_MAX_DAYS = 2_958_466  # the end of the year 9999


class NumberFormat:
    """What is shown of numbers in cells of a format. code: such as "#,##0.00"; number: of one without it."""

    def __init__(self, code: str = "", number: int = 0) -> None:
        code = code or _BUILTIN.get(number, "")
        plain = _LITERALS.sub("", code.partition(";")[0][:200]).lower()
        self._is_percent = "%" in plain
        match = _DECIMALS.search(plain)
        self._decimals = len(match.group(1)) if match else None
        self._is_whole = bool(re.search(r"[0#]", plain)) and "." not in plain and "e" not in plain
        has_numbers = bool(re.search(r"[#?]|0(?!0*$)", plain)) and "%" in plain
        letters = plain.replace("general", "").replace("am/pm", "h").replace("e+", "").replace("e-", "")
        self._has_day = bool(re.search(r"[yd]|mmm", letters)) and not has_numbers
        self._has_time = bool(re.search(r"[hs]", letters)) and not has_numbers
        self._is_elapsed = "[" in letters and self._has_time
        self._has_seconds = "s" in letters
        if letters.strip(" /-.") in ("m", "mm"):
            self._has_day = True
        self._is_plain = not (self._has_day or self._has_time or self._is_percent or self._decimals)

    def show(self, text: str, *, from_1904: bool = False) -> str:
        """A stored number as people see it; text that is none as it stands."""
        if self._is_plain and len(text) < 16 and text.isdecimal():
            return text
        try:
            number = float(text)
        except ValueError:
            return text
        if not math.isfinite(number):
            return text
        if (self._has_day or self._has_time) and 0 <= number < _MAX_DAYS:
            return self._moment(number, from_1904)
        if self._is_percent:
            return f"{_short(number * 100, self._decimals or 0)}%"
        return _short(number, 0 if self._is_whole and self._decimals is None else self._decimals)

    def _moment(self, days: float, from_1904: bool) -> str:
        seconds = round(days * 86_400)
        if self._is_elapsed or (self._has_time and not self._has_day):
            hours = seconds // 3600 if self._is_elapsed else seconds // 3600 % 24
            shown = f"{hours:02}:{seconds // 60 % 60:02}"
            return f"{shown}:{seconds % 60:02}" if self._has_seconds else shown
        if not from_1904 and 1 <= days < 60:
            seconds += 86_400  # a leap day that 1900 had not
        moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(seconds=seconds)
        if not self._has_time or seconds % 86_400 == 0:
            return f"{moment:%Y-%m-%d}" if moment.year > 999 else str(moment.date())
        return moment.isoformat(" ", "seconds" if self._has_seconds else "minutes")


def _short(number: float, decimals: int | None) -> str:
    if decimals is not None and abs(number) < 1e15:
        return f"{number:.{min(decimals, 30)}f}"
    shown = f"{number:.15g}"
    digits, mark, power = shown.partition("e+")
    if mark and int(power) < 21 and number > 0:
        return digits.replace(".", "").ljust(int(power) + 1, "0")
    return shown
