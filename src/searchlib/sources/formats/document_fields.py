"""What a document says of itself beside its text: title, author, date, language, keywords, description.

The title is the document's own where that says something, else its first heading, else the file's name;
programs write "Document1" or "PowerPoint Presentation" where nobody wrote anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..word_sets import words_of
from .titles import MAX_OWN_TITLE, MAX_TITLE, in_a_line, names_something

_WORD = re.compile(r"[^\W\d_]{2,}")
_DATE = re.compile(r"[12]\d{3}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


_SAYS_NOTHING = words_of(
    "untitled document presentation powerpoint microsoft word excel office libreoffice openoffice book"
    " workbook sheet slide title new template normal dot doc docx rtf odt ppt pptx odp xls xlsx ods notebook"
    " документ презентация книга лист слайд заголовок название без имени названия новый новая шаблон"
)
_NOBODY = words_of(
    "user admin administrator unknown author python-docx python-pptx openpyxl xlsxwriter apache poi owner"
    " пользователь админ администратор неизвестно неизвестен автор"
)


def document_fields(
    body: str,
    name: str,
    said: Mapping[str, str],
    *,
    heading: str = "",
    is_book: bool = False,
    shows_date: bool = False,
) -> dict[str, Any]:
    """The fields of a document.

    said: what it says of itself: title, author, date, language, keywords, description. heading: the first one
    in it. is_book: somebody chose its title, whatever it is: «1984», "Untitled".
    shows_date: one in words (May 31, 2024), which is no field, is printed and belongs to the text.
    """
    own, heading = in_a_line(said.get("title", "")), in_a_line(heading)
    says = any(map(str.isalnum, own)) if is_book else says_something(own) or _is_a_letter(own)
    if not says or len(own) > MAX_OWN_TITLE:
        own = ""
    fields: dict[str, Any] = {
        "title": own or (heading[:MAX_TITLE] if says_something(heading) else "") or name,
        "body": body,
    }
    author = in_a_line(said.get("author", ""))
    if author and author.lower() not in _NOBODY:
        fields["author"] = author
    date = in_a_line(said.get("date", ""))
    if match := _DATE.match(date.lstrip("<[")):
        fields["date"] = match.group()
    elif date and shows_date:  # in words: May 31, 2024
        fields["body"] = f"{date}\n{body}"
    language = said.get("language", "").strip()
    if _LANGUAGE.fullmatch(language):
        fields["language"] = language
    keywords = re.split(r"[,;\n]", said.get("keywords", ""))
    if found := [word for part in keywords if (word := in_a_line(part))]:
        fields["keywords"] = found
    if description := in_a_line(said.get("description", "")):
        fields["description"] = description
    return fields


def _is_a_letter(title: str) -> bool:
    """Somebody wrote it («Я»), unless it may be a number (V); a heading of one letter may part a list."""
    return len(title) == 1 and names_something(title)


def says_something(title: str) -> bool:
    """Whether a title has a word that no program puts there by itself."""
    return names_something(title) and any(word not in _SAYS_NOTHING for word in _WORD.findall(title.lower()))
