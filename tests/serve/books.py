"""A shelf of books for the tests of front ends: words, values to choose among, numbers and dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from searchlib import Boolean, Date, Index, Integer, Keyword, Number, Schema, Text

_BOOKS = """
War and Peace | Leo Tolstoy | novel, history | en | 1869 | 5
Anna Karenina | Leo Tolstoy | novel | en | 1878 | 4.5
Crime and Punishment | Fyodor Dostoevsky | novel, crime | en | 1866 | 4.5
The Brothers Karamazov | Fyodor Dostoevsky | novel, crime | en | 1880 | 4
The Idiot | Fyodor Dostoevsky | novel | en | 1869 | 3.5
Dead Souls | Nikolai Gogol | novel, satire | en | 1842 | 4
The Overcoat | Nikolai Gogol | story, satire | en | 1842 | 4.5
Pride and Prejudice | Jane Austen | novel | en | 1813 | 5
Emma | Jane Austen | novel | en | 1815 | 3
Great Expectations | Charles Dickens | novel | en | 1861 | 4
A Tale of Two Cities | Charles Dickens | novel, history | en | 1859 | 3.5
The Adventures of Sherlock Holmes | Arthur Conan Doyle | story, crime | en | 1892 | 4.5
Мёртвые души | Николай Гоголь | роман, сатира | ru | 1842 | 4
Шинель | Николай Гоголь | повесть, сатира | ru | 1842 | 4.5
Война и мир | Лев Толстой | роман, история | ru | 1869 | 5
Преступление и наказание | Фёдор Достоевский | роман, детектив | ru | 1866 | 4.5
Братья Карамазовы | Фёдор Достоевский | роман, детектив | ru | 1880 | 4
Капитанская дочка | Александр Пушкин | повесть, история | ru | 1836 | 4
Пиковая дама | Александр Пушкин | повесть | ru | 1834 | 4.5
Дама с собачкой | Антон Чехов | рассказ | ru | 1899 | 4.5
Палата № 6 | Антон Чехов | повесть | ru | 1892 | 5
Каштанка | Антон Чехов | рассказ | ru | 1887 | 4
Отцы и дети | Иван Тургенев | роман | ru | 1862 | 4
Записки охотника | Иван Тургенев | рассказ | ru | 1852 | 3.5
"""


def books() -> list[dict[str, Any]]:
    """All of them; the ids are their places."""
    found = []
    for number, line in enumerate(_BOOKS.strip().splitlines(), 1):
        title, author, genres, language, year, stars = (part.strip() for part in line.split("|"))
        about = (
            f"{title}: by {author}, <b>{genres}</b> & more." if language == "en" else f"{author}, {genres}."
        )
        found.append(
            {
                "id": str(number),
                "title": title,
                "author": author,
                "about": about,
                "genre": [genre.strip() for genre in genres.split(",")],
                "language": language,
                "year": int(year),
                "stars": float(stars),
                "printed": date(int(year), 1 + number % 12, 1 + number),
                "lent": number % 3 == 0,
            }
        )
    del found[-1]["stars"]  # one that nobody rated
    return found


def shelf() -> Schema:
    return Schema(
        title=Text(boost=3.0),
        author=Text(column=True),
        about=Text(),
        genre=Keyword(),
        language=Keyword(),
        year=Integer(),
        stars=Number(),
        printed=Date(),
        lent=Boolean(),
    )


def make_shelf(folder: Path, documents: list[dict[str, Any]] | None = None) -> Path:
    index = Index.create(folder, shelf())
    with index.writer() as writer:
        for document in books() if documents is None else documents:
            writer.add(document)
    return folder
