"""Wholes and their parts, marks, units and line ends: what finds what, and just what of it is marked.

A line is a text, a query, and the pieces that are marked; nothing where the query does not find the text.
"""

from __future__ import annotations

# text | query | what is marked, piece by piece; nothing behind the last bar: not found
NAMES = r"""
2023-11-02_order_buyer.pdf | 2023-11-02 | 2023-11-02
2023-11-02_order_buyer.pdf | buyer | buyer
2023-11-02_order_buyer.pdf | orders | order
2023-11-02_order_buyer.pdf | order_buyer.pdf | order_buyer.pdf
2023-11-02_order_buyer.pdf | 2023-11-02_order_buyer.pdf | 2023-11-02_order_buyer.pdf
2023-11-02_order_buyer.pdf | "order buyer" | order_buyer
2023-11-02_order_buyer.pdf | buyer_order |
a_long_winter.epub | long winter | long, winter
a_long_winter.epub | "long winter" | long_winter
a_long_winter.epub | winters | winter
a_long_winter.epub | a_long_winter.epub | a_long_winter.epub
a_long_winter.epub | short_winter |
Письмо_от_директора.docx | письма | Письмо
Письмо_от_директора.docx | директор | директора
Письмо_от_директора.docx | Письмо_от_директора.docx | Письмо_от_директора.docx
YY_ORDER_LINES | order_lines | ORDER_LINES
YY_ORDER_LINES | line | LINES
foo__bar | foo | foo
backup.tar.bz2 | backup | backup
backup.tar.bz2 | tar.bz2 | tar.bz2
vue.js | vue | vue
vue.js | vue.js | vue.js
vue.js | node.js |
lib/utils/strings.py | utils | utils
lib/utils/strings.py | strings.py | strings.py
lib/utils/strings.py | lib/utils | lib/utils
lib/utils/strings.py | lib/strings |
olga.ivanova@post.firm.org | ivanova | ivanova
olga.ivanova@post.firm.org | firm.org | firm.org
olga.ivanova@post.firm.org | post | post
olga.ivanova@post.firm.org | olga.ivanova@post.firm.org | olga.ivanova@post.firm.org
olga.ivanova@post.firm.org | olga@firm.org |
https://www.town.net/map?x=1 | town.net | town.net
https://www.town.net/map?x=1 | town.net/map | town.net/map
https://www.town.net/map?x=1 | town | town
и/или | или | или
и/или | и/или | и/или
мвд.рф | мвд | мвд
UTF_8 | utf | UTF
"""
NUMBERS = r"""
ст. 158.2 | 158 | 158
ст. 158.2 | 158.2 | 158.2
ст. 158.2 | 158.3 |
3.9.13 | 3.9 | 3.9.13
3.9.13 | 13 | 13
3.9.13 | 3.9.13 | 3.9.13
3.9.13 | 9.13 |
3.9 | 3.9.13 |
2.71 | 71 |
2.71 | 2 |
2.71 | 2.71 | 2.71
12.50 | 12 |
0.5 | 5 |
100.0 | 100 |
1,234.5 | 234 |
10.05.2019 | 2019 | 2019
10.05.2019 | 10.05 | 10.05.2019
10.0.0.7 | 10.0.0 | 10.0.0.7
v3.2 | v3 | v3
v3.2 | v3.2 | v3.2
python-3.9.13 | 3.9 | 3.9.13
python-3.9.13 | python-3.9 | python-3.9.13
1 000 | 1000 | 1 000
U.S. | u |
т.е. | е |
Ph.D. | ph |
p.m. | m |
"""
IDENTIFIERS = r"""
findUserById | user | User
findUserById | "user by id" | UserById
findUserById | finduserbyid | findUserById
findUserById | findUserById | findUserById
findUserById | findUserByName |
findUserById() | user | User
ReadLine() | line | Line
ReadLine() | ReadLine | ReadLine
ReadLine | line |
Console.ReadLine | line | Line
Console.ReadLine | Console.ReadLine | Console.ReadLine
DataFrame.join | frame | Frame
DataFrame | frame |
my_DataFrame | frame | Frame
my_DataFrame | dataframe | DataFrame
_PowerShell_ | shell |
HttpRequestBase | request | Request
parseHTMLPage | html | HTML
parseHTMLPage | page | Page
getURLs | url | URLs
openFile2 | file2 | File2
ПолучитьСписокДат | список | Список
МосГорСуд | суд | Суд
JavaScript | script |
TypeScript. | script |
iPhone | phone |
eBay | bay |
PowerShell | shell |
LaTeX | la |
BibTeX | bib |
GitHub | hub |
McDonald | donald |
YouTube, | tube |
WiFi | fi |
kHz | hz |
APIs | ap |
ВКонтакте | контакте |
ФСБшник | шник |
"""
APOSTROPHES = r"""
O'Hara | hara | Hara
O'Hara | o'hara | O'Hara
O'Hara | ohara | O'Hara
O’Hara's | Hara | Hara's
D'Angelo | angelo | Angelo
d'Artagnan | artagnan | Artagnan
L'Humanité | humanité | Humanité
Oʻzbek | zbek |
oʻzbek | zbek |
O'zbekcha | zbekcha |
can't | t |
п'ять | ять |
rock'n'roll | roll |
o'clock | clock |
O'KEEFE | keefe |
N'Djamena | djamena |
"""
MARKS = r"""
язык C# и плюс | C# | C#
язык C# и плюс | c# | C#
язык C# и плюс | "C#" | C#
язык C# и плюс | c | C#
язык C# и плюс | C++ |
язык F# и плюс | F# | F#
язык F# и плюс | f | F#
витамин C тут | C# |
витамин C тут | C++ |
витамин C тут | c | C
план F тут | F# |
курс C++ тут | C++ | C++
курс C++ тут | "курс C++" | курс C++
курс C++ тут | C# |
редактор Notepad++ | Notepad++ | Notepad++
редактор Notepad++ | notepad | Notepad++
простой notepad | Notepad++ |
среда .NET тут | .NET | .NET
среда .NET тут | .net | .NET
среда .NET тут | net | .NET
среда .NET тут | "среда .NET" | среда .NET
рыболовный net тут | .NET |
(.NET) | .NET | .NET
.NET-среда | .NET | .NET
ASP.NET | net | NET
ASP.NET | asp.net | ASP.NET
конец. Net | .net |
конец.net | .net |
...net | .net |
.network | .net |
.networks | networks | networks
C##x | c# |
x#top | x# |
i+++ | i++ |
глава2 вот | глава | глава2
глава вот | глава2 |
глава2 вот | главы | глава2
python3 вот | python | python3
mp3 вот | mp |
H2O вот | h |
abcd9 вот | abcd |
глава123 вот | глава |
"""
UNITS = r"""
7км пути | 7 | 7
7км пути | км | км
7км пути | 7км | 7км
7км пути | 7 км | 7, км
7км пути | "7 км" | 7км
7 км пути | 7км | 7 км
7 км пути | "7км пути" | 7 км пути
7 груш | 7км |
17км | 7км |
2019г | 2019 | 2019
2019г | 2019 год | 2019, г
2019г. | "2019 год" | 2019г
в 2019 году | 2019г | 2019 году
20kb | 20 kb | 20, kb
20kb | 20KB | 20kb
20 files | 20kb |
20MB | mb | MB
1,5л | 1.5 | 1,5
1,5л | 1,5 | 1,5
1.5кг | кг | кг
1.5кг | 5 |
1 000км | 1000 | 1 000
1 000км | км | км
3-5км | км | км
3-5км | 3-5 | 3-5
6мин | минута | мин
90руб. | рублей | руб
90мин-пауза | мин | мин
70km/h | km | km
img_20kb_x | 20 | 20
img_20kb_x | kb | kb
20kb_x | 20 | 20
3d | d |
3d | 3 |
5g | 5 |
2pac | 2 |
7up | 7 |
8bit | bit |
10th | 10 |
90х | 90 | 90х
7кмх | 7 |
x7км | км |
"""
LINE_ENDS = r"""
мини-\nстра | министр | мини-\nстра
мини-\nстра | министром | мини-\nстра
мини-\r\nстра | министр | мини-\r\nстра
мини- \n   стра | министр | мини- \n   стра
мини\u00ad\nстра | министр | мини\u00ad\nстра
мини¬\nстра | министр | мини¬\nстра
мини¬стра | министр | мини¬стра
мини‐\nстра | министр | мини‐\nстра
МИНИ-\nСТРА | министр | МИНИ-\nСТРА
gov-\nernment | government | gov-\nernment
gov\u00ad\nernment | governments | gov\u00ad\nernment
gov-\nernment | gov | gov
gov-\nernment | ernment | ernment
health-\ncare | care | care
health-\ncare | health-care | health-\ncare
health-\ncare | healthcare | health-\ncare
штаб-\nквартира | штаб-квартира | штаб-\nквартира
штаб-\nквартира | штаб | штаб
штаб-\nквартира | квартиры | квартира
Нью-\nЙорк | Нью-Йорк | Нью-\nЙорк
вице-мини-\nстр | вице-министр | вице-мини-\nстр
вице-мини-\nстр | вице | вице
новый мини-\nстр тут | "новый министр" | новый мини-\nстр
мини-\n\nстра | министр |
мини -\nстра | министр |
мини-\n- стра | министр |
мини\nстра | министр |
мини- стра | министр |
мини—\nстра | министр |
мини–\nстра | министр |
мини-\n5 | мини5 |
5-\nстра | 5стра |
мини¬ стра | министр |
мини\u00ad стра | министр |
мини\u00adстр | министр | мини\u00adстр
cli-\nent | client | cli-\nent
re-\ncover | recover | re-\ncover
re-\ncover | re-cover | re-\ncover
cat-\n\tegory | category | cat-\n\tegory
cat-\n5gory | category |
eco-\nnomic growth | "economic growth" | eco-\nnomic growth
cat-, dog | cat | cat
пред- и после | пред | пред
cli-\nent's | client | cli-\nent's
об-\nлако | облака | об-\nлако
при-\nмер | мерить |
"""
PATTERNS = r"""
nina@exam.org | nina@ex* | nina@exam.org
nina@exam.org | *@exam.org | nina@exam.org
nina@exam.org | n*@exam.* | nina@exam.org
nina@exam.org | nina@y* |
left/right turn | left/r* | left/right
left/right turn | */right | left/right
left/right turn | right/l* |
https://exam.org/page | exam.org/p* | exam.org/page
https://exam.org/page | exam.org/q* |
a_long_winter.epub | a_long_w* | a_long_winter.epub
a_long_winter.epub | *.epub | a_long_winter.epub
vue.js | vue.* | vue.js
findUserById | finduser* | findUserById
findUserById | findUser* | findUserById
findUserById | use* | User
O'Hara | o'h* | O'Hara
C# | c#* | C#
3.9.13 | 3.9.* | 3.9.13
wi-fi/lan | wi-fi* | wi-fi/lan
"""
TABLES = [NAMES, NUMBERS, IDENTIFIERS, APOSTROPHES, MARKS, UNITS, LINE_ENDS, PATTERNS]
