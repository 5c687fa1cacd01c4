"""What the page says, in English and in Russian."""

from __future__ import annotations

LANGUAGES = {"en": "English", "ru": "Русский"}
"""By their codes, each by its own name."""

OF_THE_LIBRARY = "en"
"""What errors, notes and the API's problems are written in."""

_SAID: dict[str, tuple[str, str]] = {
    # The frame.
    "search": ("Search", "Найти"),
    "skip": ("Skip to the results", "К результатам"),
    "placeholder": ("Search in English or Russian", "Поиск по-русски и по-английски"),
    "query": ("Search query", "Поисковый запрос"),
    "index": ("Index", "Индекс"),
    "help": ("Help", "Справка"),
    "close": ("Close", "Закрыть"),
    "language": ("Language", "Язык"),
    "home": ("searchlib, to the first page", "searchlib, на первую страницу"),
    "apply": ("Apply", "Применить"),
    "away": (
        "The server does not answer. What you see is from before; the page tries again.",
        "Сервер не отвечает. На экране прежние результаты; страница пробует снова.",
    ),
    # Results.
    "results": ("Results", "Результаты"),
    "in_all": ("in all", "всего"),
    "ms": ("ms", "мс"),
    "sort": ("Sort", "Порядок"),
    "sort_": ("Relevance", "По релевантности"),
    "sort_added": ("As added", "По порядку добавления"),
    "sort_new": ("Newest first", "Сначала новые"),
    "sort_old": ("Oldest first", "Сначала старые"),
    "sort_title": ("Title", "По названию"),
    "sort_large": ("Largest first", "Сначала большие"),
    "filters": ("Filters", "Фильтры"),
    "chosen": ("Chosen filters", "Выбранные фильтры"),
    "remove": ("Remove the filter", "Убрать фильтр"),
    "clear": ("Clear all", "Сбросить все"),
    "more": ("Show more", "Показать больше"),
    "fewer": ("Show fewer", "Показать меньше"),
    "from": ("From", "С"),
    "to": ("To", "По"),
    "yes": ("yes", "да"),
    "no": ("no", "нет"),
    "empty_value": ("(empty)", "(пусто)"),
    "no_such_field": (
        "This index has no field “{field}”; the filter is left out.",
        "В этом индексе нет поля «{field}»; фильтр не действует.",
    ),
    "cut": (
        "The search box takes {count} characters; anything longer is cut there.",
        "В строку поиска помещается {count} знаков; более длинный текст на этом обрезан.",
    ),
    "reversed": (
        "The dates were the wrong way round; they are taken from the earlier one to the later one.",
        "Даты стояли в обратном порядке; берётся промежуток от ранней до поздней.",
    ),
    "pages": ("Pages", "Страницы"),
    "previous": ("Previous", "Назад"),
    "next": ("Next", "Вперёд"),
    "page_of": ("Page {page} of {pages}", "Страница {page} из {pages}"),
    # What was meant.
    "instead": ("Showing results for", "Показаны результаты для"),
    "quoted": ("“{text}”", "«{text}»"),
    "insist": ("Search instead for", "Искать именно"),
    "did_you_mean": ("Did you mean", "Возможно, вы имели в виду"),
    "keyboard layout": ("keyboard layout", "раскладка клавиатуры"),
    "typo": ("spelling", "опечатка"),
    "name": ("spelling of a name", "написание имени"),
    "synonym": ("synonym", "синоним"),
    "words run together": ("a missing space", "слова слились"),
    "word cut in two": ("one word", "слово разорвано"),
    # Nothing found.
    "nothing": ("Nothing found for", "Ничего не найдено по запросу"),
    "nothing_here": ("Nothing fits these filters", "Под эти фильтры ничего не подходит"),
    "why": ("Why", "Почему"),
    "try": ("Try this", "Что попробовать"),
    "tip_words": ("Fewer words, or more general ones.", "Меньше слов или более общие слова."),
    "tip_forms": (
        "Any form of a word will do: “went” finds “go”.",
        "Форма слова не важна: «шёл» находит «идти».",
    ),
    "tip_quotes": (
        "Without quotation marks, words may stand apart.",
        "Без кавычек слова могут стоять порознь.",
    ),
    "elsewhere": ("Another index has it", "Есть в другом индексе"),
    "without_filters": ("Search without the filters", "Искать без фильтров"),
    "no_such_page": ("There is no page {page}", "Страницы {page} нет"),
    "first_page": ("To the first page", "На первую страницу"),
    "no_documents": ("This index is empty", "В этом индексе пока пусто"),
    "no_documents_tip": (
        "Documents come into it by the command line; the page shows them without a restart.",
        "Документы добавляются из командной строки; страница покажет их без перезапуска.",
    ),
    "no_documents_dir": (
        "DIR is this index’s folder on the server.",
        "DIR – папка этого индекса на сервере.",
    ),
    "why_field": ("{words} stands only in the field “{field}”", "{words} есть только в поле «{field}»"),
    "why_apart": ("No document has both {words}", "Ни в одном документе нет вместе {words}"),
    "why_together": ("No document has all of {words}", "Ни в одном документе нет сразу {words}"),
    "why_phrase": (
        "The words of {words} are there, but not side by side",
        "Слова {words} есть, но не рядом друг с другом",
    ),
    "why_filter": ("Without the filters something matches", "Без фильтров кое-что нашлось бы"),
    "why_nowhere": ("{words} is in no document", "{words} не встречается ни в одном документе"),
    "why_refused": ("Part of a file could not be read", "Часть файла не удалось прочитать"),
    "search_so": ("search so", "искать так"),
    # A document.
    "back": ("Back to the results", "К результатам"),
    "browse": ("All documents", "Все документы"),
    "raw": ("Raw JSON", "Исходный JSON"),
    "fields": ("Fields", "Поля"),
    "match_place": ("Match {number} of {count}", "Совпадение {number} из {count}"),
    "no_match": ("The query does not match this text", "В этом тексте запрос не встречается"),
    "previous_match": ("Previous match", "Предыдущее совпадение"),
    "next_match": ("Next match", "Следующее совпадение"),
    "earlier": ("Earlier part of the text", "Предыдущая часть текста"),
    "later": ("Later part of the text", "Следующая часть текста"),
    "part_of": ("Characters {start}–{end} of {length}", "Знаки {start}–{end} из {length}"),
    "no_text": ("This document has no text.", "В этом документе нет текста."),
    "no_document": ("There is no such document", "Такого документа нет"),
    "no_document_tip": (
        "It may have been removed since the search.",
        "Возможно, его удалили после поиска.",
    ),
    "text": ("Text", "Текст"),
    # Refusals.
    "wrong": ("This cannot be shown", "Это не удалось показать"),
    "wrong_400": ("This cannot be searched for", "Так искать нельзя"),
    "wrong_404": ("There is no such index", "Такого индекса нет"),
    "wrong_409": ("The index cannot be used", "Индексом нельзя воспользоваться"),
    "wrong_413": ("The answer is too large", "Ответ слишком велик"),
    "wrong_500": ("The server failed", "Ошибка на сервере"),
    "bad_address": ("The address is not as it must be", "В адресе ошибка"),
    "bad_address_tip": (
        "This part of it cannot be: {said}. Pages are numbered from 1 to 1000.",
        "Такого в нём быть не может: {said}. Страницы нумеруются от 1 до 1000.",
    ),
    "busy": ("The server is busy", "Сервер занят"),
    "busy_tip": ("Wait a moment and try again.", "Подождите немного и повторите."),
    "again": ("Try again", "Повторить"),
    "key_needed": ("This server asks for a key", "Этому серверу нужен ключ"),
    "key": ("Key", "Ключ"),
    "key_tip": (
        "It is kept in this tab until you close it, and is sent to this server alone.",
        "Ключ хранится только в этой вкладке, пока она открыта, и передаётся только этому серверу.",
    ),
    "key_script": (
        "A page can send a key only with JavaScript.",
        "Передать ключ страница может только с JavaScript.",
    ),
    "key_wrong": ("The server does not know that key.", "Сервер не знает такого ключа."),
    "key_scope": (
        "Your key does not allow this. It takes one with the scope “{scope}”.",
        "Ваш ключ этого не позволяет. Нужен ключ с правом «{scope}».",
    ),
    "open": ("Open", "Открыть"),
    # Help.
    "keys": ("Keys", "Клавиши"),
    "key_focus": ("to the search box", "в строку поиска"),
    "key_move": ("from hit to hit", "по результатам"),
    "key_open": ("open the hit", "открыть результат"),
    "key_clear": ("clear, or back to the search box", "очистить или вернуться в строку поиска"),
    "key_match": ("next and previous match in a document", "следующее и предыдущее совпадение в документе"),
    "key_help": ("this help", "эта справка"),
    "language_of_queries": ("What a query may say", "Язык запросов"),
    "say_phrase": ("these words side by side", "эти слова рядом"),
    "say_all": ("both words", "оба слова"),
    "say_any": ("one of them", "любое из них"),
    "say_not": ("without that word", "без этого слова"),
    "say_prefix": ("words that begin so", "слова с таким началом"),
    "say_fuzzy": ("words spelled much like it", "слова, похожие на это"),
    "say_field": ("in that field", "в этом поле"),
}

_WORDS: dict[str, tuple[tuple[str, str], tuple[str, str, str]]] = {
    "document": (("document", "documents"), ("документ", "документа", "документов")),
    "match": (("match", "matches"), ("совпадение", "совпадения", "совпадений")),
}

_UNITS = {
    "page": ("page", "стр."),
    "slide": ("slide", "слайд"),
    "sheet": ("sheet", "лист"),
    "chapter": ("chapter", "глава"),
    "cell": ("cell", "ячейка"),
    "line": ("line", "строка"),
}

_FIELDS = {
    "id": ("id", "Идентификатор"),
    "type": ("Type", "Тип"),
    "extension": ("Type", "Тип"),
    "file_extension": ("Type", "Тип"),
    "folder": ("Folder", "Папка"),
    "tags": ("Tags", "Метки"),
    "tag": ("Tag", "Метка"),
    "keywords": ("Keywords", "Ключевые слова"),
    "author": ("Author", "Автор"),
    "language": ("Language", "Язык"),
    "category": ("Category", "Категория"),
    "source": ("Source", "Источник"),
    "published": ("Published", "Опубликовано"),
    "date": ("Date", "Дата"),
    "created": ("Created", "Создано"),
    "modified": ("Modified", "Изменено"),
    "year": ("Year", "Год"),
    "size": ("Size", "Размер"),
    "name": ("Name", "Имя"),
    "path": ("Path", "Путь"),
    "title": ("Title", "Название"),
    "body": ("Text", "Текст"),
}


def messages(language: str) -> dict[str, str]:
    """All that is said, by name."""
    which = _place(language)
    return {name: said[which] for name, said in _SAID.items()}


def words(language: str, word: str) -> tuple[str, ...]:
    """A noun's forms for numbers: one, many; in Russian one, few, many."""
    return _WORDS[word][_place(language)]


def unit_in(language: str, unit: str) -> str:
    """What the places of documents are called: page, slide, line."""
    return _UNITS[unit][_place(language)]


def field_in(language: str, name: str) -> str:
    """What a field is called on the page: known names in the language, others as they are."""
    known = _FIELDS.get(name.lower())
    return known[_place(language)] if known else name.replace("_", " ")


def _place(language: str) -> int:
    return list(LANGUAGES).index(language)
