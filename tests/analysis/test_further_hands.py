"""What further hands write: units, dotted thousands, zeros, halves of words, ends of pages, names in -s.

Lines have texts and queries: `a = b` finds both ways, `a > b` is a text and a query that finds it, `a ! b` a
text and a query that does not.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from searchlib import Index, Schema, Text
from searchlib.analysis.analyzer import Analyzer

GLUED_UNITS = """
100m = 100 m; 5m > "5 m"; 250g = 250 g; 2l = 2 l; 12h = 12 h; 50k = 50 k; 1.5m > 1.5; 100m > metre
250g > gram
10дней = 10 дней; 3дня = 3 дня; 9мая = 9 мая; 9мая > май; 100рублей > рубль; 2недели > неделя; 5раз = 5 раз
15человек = 15 человек; 20процентов > процент; 3часа > час; 12месяцев > месяц; 7дней > "7 дней"
5звёзд > звезда
1сентября = 1 сентября; 40дней > 40; 30ДНЕЙ > дней; 7days = 7 days; 2weeks > week; 30minutes > minute
10years > year; 3hours > hour; 5people > people; 12months = 12 months; 10pct > 10; 5tonnes > tonne
3euros > euro
10х15см > 10x15; 10x15cm = 10x15 cm; 20х30мм > 20x30; 1.5х2м > 1.5x2; 10х15см > см; 3x4x5м > 3x4x5
$5m > million; £3.5m > million; €2m > 2; $100k > thousand; $5m > $5m; ¥7m > million; 5m ! million
$5m ! milion
5g ! 5; 4k ! 4; 3d ! 3; 5g ! gram; 3600k ! 3600; 5М ! метр; 5ого ! ого; 2pac ! 2; 3G ! gram; 1с ! 1
10W-40 ! watt; 5W-30 ! w; 5W-30 > 5w-30; 5W-30 > 30; 60W > watt; 12V-35 ! volt; 5W ! 30; abc7дней ! 7
10км-ход > км; 3кг > "3 кг"; 8m-15 > 8; 0x10 ! 0; x2м ! 2
"""
NUMBERS = """
1.000.000 = 1000000; 2.500.000 = 2 500 000; 12.345.678 = 12,345,678; 1.000,50 = 1000.50
12.500,75 = 12500.75
1.000.000 руб > "1000000 руб"; €1.000,50 > 1,000.50; 3.000.000 > 3.000.000; 1.234.567,89 > 1234567.89
05.06.2024 = 5.6.2024; 5.06.2024 = 05.06.2024; 01.12.23 = 1.12.23; 09.10.1999 = 9.10.1999; 05.06.2024 > 2024
09:30 = 9:30; 05 июня = 5 июня; 01 = 1; 07 > 7; 7 > 07; июня 08 > 8; 05.06.2024 > 05.06.2024
1-800-555-1234 = 18005551234; 555.123.4567 = 5551234567; 1-900-111-2222 > 19001112222
1.000 ! 1000; 1.5 ! 15; 1.000 > 1.000; 10.20.30 ! 102030; 1.00.000 ! 100000; 1.0000.000 ! 10000000
192.168.100.20 ! 19216810020; 3.11.700 ! 311700; 05.06.2024 ! 562024; 007 ! 7; 00 ! 0; 050 ! 50; 10 ! 1
20 ! 2
05.06.2024 ! 5.6.2025; 15.16.2024 ! 5.6.2024; 09:30 ! 930; 1-800-555-123 ! 1800555123
55.123.4567 ! 551234567
1.000,5 > 1000.5; 1.000.000,5x ! 1000000
"""
HALVES = """
кибер-атака = кибератака; кибер-атаки = кибератаками; кибер-безопасность = кибербезопасность
крипто-валюты = криптовалюта; микро-кредит = микрокредит; мини-бус = минибус; вице-премьер = вицепремьер
мульти-язычный = мультиязычный; био-реактор = биореактором; аудио-гид = аудиогид; видео-урок = видеоурок
теле-шоу = телешоу; авиа-билеты = авиабилет; эко-туризм = экотуризма; евро-зона = еврозоне
гео-данные = геоданные
нейро-сеть = нейросети; веб-дизайн = вебдизайн; мета-данные = метаданных; спец-цех = спеццех
техно-парк = технопарка
"кибер-атака" > "кибератака"; угроза кибер-атак > "угроза кибератак"; фото-банк = фотобанк
энерго-аудит = энергоаудит
Wi-Fi-роутер > wifi; Wi-Fi-роутер > wi-fi; Wi-Fi-роутеры > роутер; e-mail-рассылка > email
e-mail-рассылка > e-mail
Hi-Fi-система > hifi; Wi-Fi-сеть > "wi-fi сеть"; e-mail-адрес > адрес; wi-fi-точка > wifi
смски = смс; смску > смс; смской > смс; смсок > смска; смс > смска; SMSки > sms; птска > птс
tokenised = tokenize; containerised = containerize; tokenisation > tokenization; gamification ! gamify_x
vectorised > vectorize; tokeniser > tokenizer; unitised > unitize; promise ! promize; noise ! noize
кибератака ! атака; кибератака ! кибер; криптовалюта ! валюта; кошка ! кош; ложка ! лож; сетка ! сет
wifi-роутеры ! hifi; роутер ! wifi; C++17 ! C++20; C++20 > "C++ 20"; C++17 > C++17
кВт·ч > квт; кВт·ч = кВт⋅ч; 10 кВт·ч > киловатт; col·lecció > col·lecció; Н·м > н; col·lecció ! col
"""
PAGES = """
прави-|тельство > правительство; прави-||тельство > правительство; govern-|ment > government
inter-|national > international
прави-|тельством > "правительство"; само-|лёт > самолёт; бизнес-|план > бизнес-план
well-|known > well-known
прези¬|дент > президент; прези\u00ad|дент > президент; cli-|mate > climate; Рос-|сия > Россия
наци-|ональный > национальный
пар-|ламент. > парламент; (рес-|публика) > республика; пар-|ламент решил > "парламент решил"
mul-|tiple > multiple
end-| - new ! endnew; конец|начало ! конецначало; слово -|другое ! словодругое; 2020-|2021 ! 20202021
стол|ица ! столица
"""
NAMES_IN_S = """
Mars > mars; Mars ! mar; Laos > laos; Laos ! lao; BIOS > bios; BIOS ! bio; Fars > fars; Fars ! far
Wales > wales
Wales ! wale; Kansas ! kansa; Isis ! isi; Ceres ! cere; Thebes ! thebe; Argos ! argo; Taos ! tao
Lyons ! lyon
Adams ! adam; Andrews ! andrew; Edwards ! edward; Roberts ! robert; Richards ! richard; Rogers ! roger
Owens ! owen
Peters ! peter; Williams ! william; Stevens ! steven; Phillips ! phillip; Daniels ! daniel; Jacobs ! jacob
Roberts > Roberts; Mars's > mars; WALES > wales; in Kansas > Kansas; Laos' > laos; Marseilles ! marseille
Dumas ! duma; Mithras ! mithra; Tangiers ! tangier; Pythias ! pythia; Matthews ! matthew; Aras ! ara
cars > car; bars > bar; Tigers > tiger; Romans > roman; Soviets > soviet; logos > logo; Banks > bank
Windows > window
Balkans > balkan; Alps > alp; Highlands > highland; Marines > marine; burns > burn; APIs > API; stars > star
tales > tale; males > male; Philippines > philippine; jars > jar
"""
ABBREVIATIONS = """
цена за кв. м > квадратный; 10 кв. м > метр; руб./кв. м > квадратный; 25 кв. км > километр
10 кв.м > квадратный
за куб. м > кубический; per sq. ft > square; ул. Абая 5 кв. 12 > квартира; д.5 кв.12 > квартира
кв. 7 > квартира
имп. Николай > император; митр. Кирилл > митрополит; еп. Иоанн > епископ; прот. Павел > протоиерей
архиеп. Лука > архиепископ; кор. Людовик > король; гр. Толстой > граф; подполк. Иванов > подполковник
ст. лейтенант > старший; мл. сержант > младший; сб. статей > сборник; ежедн. газета > ежедневный
еженед. > еженедельный
докл. академии > доклад; дисс. канд. наук > диссертация; предисл. автора > предисловие
реж. Иванов > режиссёр
арт. 123 > артикул; доб. 15 > добавочный; л. 5 > лист; разм. 42 > размер; цв. белый > цвет; и проч. > прочий
XX ст. > столетие; гл. редактор > главный; б-ка > библиотека; б-ки > библиотека
стр-во дорог > строительство
к-рый > который; м-н Восток > магазин; ст-ца > станица; ф-л банка > филиал; орг-ция > организация
а/м Лада > автомобиль
и т.п. > подобный; Brown v. Board > versus; cl. 5 > clause; reg. 7 > regulation; ss. 5-7 > section
s. 12 > section
Atty. Gen. > attorney; Calif. law > california; 3 pct > percent; 5 GW > gigawatt; 10 nm > nanometer
3 wks > week
repr. 1999 > reprint; anon. author > anonymous; Sunset Pkwy. > parkway; illus. ed. > illustration
5 tn > trillion
5 кВ ! квадратный; кв. 12 ! квадратный; кв. слово ! квадратный; 10 мл воды ! младший; ст. 5 ! старший
ст. Рыбное ! старший
л. Иванов ! лист; в доме ! век; еп пусто ! епископ; арт ! артикул; v ! versus; the sun sat ! sunday
кор ! король
5 сб ! сборник; Gen Z ! general; reg ! regulation; s ! section; имп ! император
"""
TABLES = [GLUED_UNITS, NUMBERS, HALVES, PAGES, NAMES_IN_S, ABBREVIATIONS]


def cases(table: str) -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []
    for cell in (cell.strip() for line in table.strip().splitlines() for cell in line.split("; ")):
        match = re.fullmatch("(.*?) ([=>!]) (.*)", cell)
        assert match, cell
        text, sign, query = match.groups()
        # A page ends: a line's end and a form feed, or that alone.
        text = text.replace("||", "\f").replace("|", "\n\f") if table is PAGES else text
        found.append((text, query, sign != "!"))
        if sign == "=":
            found.append((query.strip('"'), text, True))
    return found


CASES = [case for table in TABLES for case in cases(table)]


@cache
def index() -> Index:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": ascii(text), "text": text} for text in sorted({text for text, _, _ in CASES}))
    index.refresh()
    return index


@pytest.mark.parametrize(("text", "query", "finds"), CASES)
def test_a_query_finds_what_a_further_hand_wrote(text: str, query: str, finds: bool) -> None:
    hits = index().search(query, limit=None, ranking="bm25")
    assert any(hit.id == ascii(text) for hit in hits) == finds


def test_tables_are_long_and_have_refusals() -> None:
    assert all(len(cases(table)) >= (20 if table is PAGES else 50) for table in TABLES)
    assert all(sum(not finds for *_, finds in cases(table)) >= 5 for table in TABLES)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("метр", "цена за кв. м тут", ["м"]),
        ("день", "через 10дней", ["дней"]),
        ("wifi", "новый Wi-Fi-роутер", ["Wi-Fi-роутер"]),
        ("кибератака", "их кибер-атака", ["кибер-атака"]),
        ("правительство", "прави-\n\fтельство", ["прави-\n\fтельство"]),
        ("1000000", "за 1.000.000 тенге", ["1.000.000"]),
        ("million", "a $5m loan", ["m"]),
    ],
)
def test_what_was_found_is_marked(query: str, text: str, marked: list[str]) -> None:
    one = Index.in_memory(Schema(text=Text()))
    with one.writer() as writer:
        writer.add({"id": "1", "text": text})
    one.refresh()
    hit = one.search(query)[0]
    assert [hit["text"][span.start : span.end] for span in hit.spans("text")] == marked


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Jan Hus", []),
        ("Jan Novak writes", []),
        ("Min Aung Hlaing", []),
        ("Sat Guru", []),
        ("met Jan Novak", []),
        ("Jan", ["january"]),
        ("jan hus", ["january"]),
        ("Jan 5", ["january"]),
        ("Jan Feb", ["january"]),
        ("5 Jan Prague", ["january"]),
        ("Dec or Jan", ["january"]),
    ],
)
def test_a_query_of_a_name_asks_for_no_month(query: str, wanted: list[str]) -> None:
    one = Index.in_memory(Schema(text=Text()))
    with one.writer() as writer:
        writer.add_many({"id": word, "text": word} for word in ("january", "minute", "saturday"))
    one.refresh()
    assert [hit.id for hit in one.search(query, limit=None, ranking="bm25")] == wanted


def test_composed_or_not_a_word_has_the_same_parts() -> None:
    import unicodedata

    analyzer = Analyzer(("en", "ru"))
    for text in ("7дней", "20летний", "5звёзд", "aaЁ", "getЁлка", "10рублей", "3Й", "5йод"):
        composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
        shape = [[(t.lemmas, t.position, t.span) for t in analyzer.tokens(one)] for one in (composed, apart)]
        assert shape[0] == shape[1], text
