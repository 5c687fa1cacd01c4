"""What other hands write another way: signs, units, names with numbers, dates, hyphens, telephones, patterns.

Lines have texts and queries: `a = b` finds both ways, `a > b` is a text and a query that finds it, `a ! b` a
text and a query that does not.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from searchlib import Index, Schema, Text

SIGNS_AND_UNITS = """
язык С++ = язык C++; С# = C#; с++ = C++; С++17 > C; C++ > с++; А++ = A++; «С#» > c#; код на С#. > C#
Н# = H#
язык С ! C#; С++ ! C#; Б++ ! B++; С## ! C#; сс++ ! cc++; С#ы ! C#
1С = 1с; 1С: Склад > 1С; 5С > 5с; 1С ! 2С; 1С ! 1 с; 1 с половиной ! 1С; 3М ! метр; 5Р ! 5 рублей
4Т ! тонна
12В = 12 В; 12В = 12 вольт; 12в > вольт; 220В > вольт; 12V = 12 V; 60W = 60 W; 5W-30 > 5W-30
2021Г = 2021 г; 2021Г > год; 5КМ = 5 км; 10КГ = 10 кг; 10кг > килограмм; 10с > 10 с; 2,5с > 2,5; 7Ч ! час
20м2 = 20 м2; 20м2 = 20 м²; 20м² = 20 м2; 20 м² > метр; 20 м2 > квадратный; 100м3 = 100 м³; 5см2 = 5 см²
10km2 = 10 km²; 50m2 = 50 m²; руб/м² = руб/м2; 3 м3 > кубический; слово² > слово; м2 ! м3; 20м2 ! 20м3
м2 ! 2
20м4 ! 20; x2 ! 2; 5м2а ! м2; 20 м ! "20 м2"; м2 > м; 1 000м2 > 1000
10 кВ = 10 киловольт; 10кВ > киловольт; 10 кВ ! квадратный; 10 кв. м > квадратный; кв. 5 > квартира
5 мВ > милливольт
5 мА > миллиампер; 10 kV > kilovolt
"""
NAMES_WITH_NUMBERS = """
iPhone13 = iPhone 13; windows10 = Windows 10; covid19 = covid-19; covid 19 = covid19; Python3 = python 3
Galaxy21 = galaxy 21; HTML5 = html 5; iOS17 = iOS 17; GTA5 = GTA 5; Win10 = win 10; спутник5 = спутник 5
Евро2024 = Евро 2024; Android14 = android 14; ubuntu22 = Ubuntu 22; Formula1 = formula 1
Экспо2020 = Экспо 2020
iPhone13 = "iPhone 13"; windows10 > window; глава12 > главы; iPhone13 > 13; PowerShell7 = PowerShell 7
iPhone13 ! "iPhone 1"; iPhone13 ! "iPhone 3"; mp3 ! 3; H2O ! 2; F16 ! 16; x86 ! 86; abc12345 ! 12345
abc123def ! 123; abc123def ! abc; PS5 ! 5; covid19 ! 1; covid19 ! covid1; iPhone13 ! phone; 3d ! 3; 2pac ! 2
covid2019 > 2019; Win10 ! 1; iphone13's > iphone13; windows10-ready > windows; user_name12 > 12
file12.txt > file
"""
DATES = """
5 Jan 2020 > january; Jan 5, 2020 > january; Jan. 5 > january; since Jan > january; Jan-Mar 2020 > january
Jan-Mar 2020 > march; in Dec > december; mid-Dec > december; Dec '99 > december; Mon, 5 Jan > monday
Mon-Fri > monday
Mon-Fri > friday; Sat 5 Jun > june; Sat 5 Jun > saturday; 5th Jul > july; Dec 2020 > december
next Wed > wednesday
until Jun > june; 2020-Jan-05 > january; Jan > january; dec > december; 5 jan > january; Feb > february
late Nov > november
5 min > minute; 30 min > minutes; 7 Sat > saturday; Mon 7 > monday; Tue-Thu > tuesday; Tue-Thu > thursday
on Fri > friday
last Dec > december; Dec/Jan > december; Dec/Jan > january; Jun 1990 > june; 1 Jul > july
Jan, 1990 > january; Mar 5 > march; 12 Mar 1990 > march
Jan Hus > jan; since Jan Hus ! january; Wed Bush ! wednesday; Sat Guru ! saturday; min Aung ! minute
Jan Hus ! january; met Jan Novak ! january; in Jan Novak ! january; Jan said ! january
Min Aung > min
Min Aung ! minute; Dec Smith ! december; Mon Repos ! monday; Wed them ! wednesday; he sat down ! saturday
they wed ! wednesday; Jul Ventura ! july; Del Mar ! march; Jun Kim ! june; Thu Trang ! thursday
Fri gate ! friday
"""
HYPHENS = """
e-commerce = ecommerce; anti-terrorist = antiterrorist; policy-makers = policymakers
policy-maker = policymakers
real-time = realtime; cyber-attacks = cyberattack; multi-user = multiuser; state-owned = stateowned
co-working = coworking; pre-school = preschool; crypto-currency = cryptocurrencies
micro-service = microservices
java-script = JavaScript; geo-location = geolocation; on-line = online; e-government = egovernment
node.js = nodejs; vue.js = vuejs; Node.JS = NodeJS; asp.net = aspnet; ASP.NET > aspnet; three.js > threejs
node.ts ! nodets; report.pdf ! reportpdf; ecommerce ! commerce; realtime ! time; state-owned ! statewned
e-commerce ! e-commerces-x; policymakers ! policy; antiterrorist ! anti; cyberattack ! attack
SMSки = SMS; PDFку > PDF; SMSками > SMS; VIPка > VIP; SMSок > sms; SMSка > смс OR sms
"""
TELEPHONES = """
123-45-67 = 1234567; 415-555-1234 = 4155551234; 495-123-45-67 = 4951234567; (495) 123-45-67 = 4951234567
123-45-67 > "123 45 67"; 123-45-67 > 123; 123 45 67 > 123-45-67; 2026-04-15 ! 20260415a; 12-05-20 ! 120520
10-20-30 ! 102030; 555-123-4567 = 5551234567; 999-00-11 = 9990011; 777-88-99 > 7778899; 10.20.30 > 20
ст. 105.2 ! 2; ст. 105.2 > 105; 4.1.12 > 12; 4.1.12 ! 1; 2.3 ! 3; 8.1.2 > 8.1; 100-2000 ! 1002000
12-34 ! 1234; 123-45-67 ! 12345; 123-45-67 ! 123456
ст. 228.1 > 228; ст. 228.1 > 228.1; ст. 228.1 ! 1; 3.14 ! 14; 3.14 ! 3; 3.11.7 > 3.11; 3.11.7 ! 7
3.11.7 > 3.11.7
ч. л. > "чайная ложка"; 1 ч. л. соли > "чайная ложка соли"; ч.л. > "чайная ложка"; 1 ч. л. соли ! час
2 ст. л. > "столовая ложка"; 100 л. с. > "лошадиных сил"; а/я 5 > "абонентский ящик"
к. ч. л. > "чайной ложки"
ч. л. ! "ложка чайная"; ч. п. ! "чайная ложка"; столовая ложка ! "чайная ложка"
чайная ложка > "чайная ложка"
"""
PATTERNS = """
#tags here > #tag*; @alice > @al*; /usr/local/bin > /usr/loc*
https://example.com/path > https://example.com/pa*
http://a.example.org > http://a.ex*; ~/notes/todo > ~/not*; /etc/hosts > /etc/ho?ts; --verbose > --verb*
$HOME > $ho*
_private > _priv*; .NET > .n*; .bashrc > .bash*; alice > @al*; tags > #tag*; word > (wor*
organization > organis*; organizing > organisi*; color > colour*; center > centre*; defense > defence*
traveler > travelle*
theater > theatre*; analyse > analyz*; favorite > favour*; catalog > catalogue*; organisation > organiz*
colour > color*
plow > plough*
tags ! #tagz*; bob ! @al*; carol > @car*; note > %no*; total > =tot*; first > +fir*; name > &na*
path > //pa*; colors > colour*
labeling > labelli*; modeling > modelli*; analyzed > analys*; favors > favour*; vapor > vapour*
armor > armour*; /var/log/sys > /var/lo*
ftp://files.org/pub > ftp://files.org/p*; labor > labour*; honor > honour*; neighbor > neighbour*
skeptical > sceptic*; /usr/local/bin ! /usr/x*
https://example.com/path ! https://example.org/pa*
network ! .net*x; house ! hous*e*s*t; tour ! tor*; hour ! hor*; horse ! hour*; rise ! riz*; organ ! organis*
"""
TABLES = [SIGNS_AND_UNITS, NAMES_WITH_NUMBERS, DATES, HYPHENS, TELEPHONES, PATTERNS]


def cases(table: str) -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []
    for cell in (cell.strip() for line in table.strip().splitlines() for cell in line.split("; ")):
        match = re.fullmatch("(.*?) ([=>!]) (.*)", cell)
        assert match, cell
        text, sign, query = match.groups()
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
def test_a_query_finds_what_another_hand_wrote(text: str, query: str, finds: bool) -> None:
    hits = index().search(query, limit=None, ranking="bm25")
    assert any(hit.id == ascii(text) for hit in hits) == finds


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_long_and_have_refusals(table: str) -> None:
    assert len(cases(table)) >= 50
    assert sum(not finds for *_, finds in cases(table)) >= 5
