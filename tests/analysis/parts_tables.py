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
DOTTED = r"""
invoice_2023.pdf | invoice_2023.pdf | invoice_2023.pdf
invoice_2023.pdf | *.pdf | invoice_2023.pdf
invoice_2023.pdf | invoice_2023 | invoice_2023
invoice_2023.pdf | invoice | invoice
invoice_2023.pdf | 2023 | 2023
invoice_2023.pdf | pdf | pdf
invoice_2023.pdf | 2023.pdf | 2023.pdf
notes7.txt | notes7.txt | notes7.txt
notes7.txt | *.txt | notes7.txt
notes7.txt | notes7 | notes7
notes7.txt | notes8.txt |
plan-2022.xlsx | plan-2022.xlsx | plan-2022.xlsx
plan-2022.xlsx | plan-2022 | plan-2022
plan-2022.xlsx | *.xlsx | plan-2022.xlsx
plan-2022.xlsx | "plan 2022" | plan-2022
md5.js | md5.js | md5.js
md5.js | js | js
user32.dll-файл | user32.dll | user32.dll
user32.dll | user32.* | user32.dll
city3.org | city3.org | city3.org
city3.org/map | city3.org | city3.org
utf16.decode | decode | decode
v4.1.tgz | v4.1 | v4.1
v4.1.tgz | v4.1.tgz | v4.1.tgz
v4.1.tgz | *.tgz | v4.1.tgz
2021.pdf | 2021.pdf | 2021.pdf
2021.pdf | *.pdf | 2021.pdf
99.ru | 99.ru | 99.ru
10.05.2018.doc | 10.05.2018 | 10.05.2018
10.05.2018.doc | *.doc | 10.05.2018.doc
3.75.zip | 75 |
3.75.zip | 3.75 | 3.75
IMG_1999.JPG | img_1999.jpg | IMG_1999.JPG
anna1985@post.org | anna1985@post.org | anna1985@post.org
anna1985.ivanova@post.org | anna1985.ivanova | anna1985.ivanova
отчёт_2021.pdf | *.pdf | отчёт_2021.pdf
отчёт_2021.pdf | отчёт | отчёт
Договор.docx | *.docx | Договор.docx
Договор.docx | договоры | Договор
Договор.docx | Договор.docx | Договор.docx
сайт7.рф | сайт7.рф | сайт7.рф
6.км пути | 6 | 6
6.км пути | 6.км | 6.км
6.км пути | 6.к* |
6.kg тут | 6.k* |
в 2023.Потом дождь | 2023.п* |
в 2023.Потом дождь | 2023 | 2023
в 2023.потом дождь | 2023.п* |
in 2023.Then rain | 2023.t* |
глава3.Потом | глава3.п* |
пункт 4.a | 4.a* |
служба.NET | служба.n* |
2.71 | 2.7* | 2.71
"""
NUMBERS = r"""
ст. 158.2 | 158 | 158.2
ст. 158.2 | 2 |
158.20 | 158 |
15.2 | 15 |
3.9.13 | 9 |
2.7.1 | 2 |
2.7.1 | 2.7 | 2.7.1
10.20.3 | 20 | 20
10.20.3 | 3 |
10.20.3 | 10.20.3 | 10.20.3
443.1.5 | 443 | 443.1.5
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
macOS | os |
macOS | mac |
macOS | macos | macOS
macOS's | os |
watchOS 9 | watch |
tvOS | tv |
siRNA | rna |
ssDNA | dna |
phpBB | php |
openSUSE | suse |
mySQL | sql |
arXiv | xiv | Xiv
pageURL | url | URL
toHTML | html | HTML
userIDs | user | user
getOS | os | OS
setRTF | rtf | RTF
macOS() | os | OS
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
глава2 вот | глава | глава
глава вот | глава2 |
глава2 вот | главы | глава
python3 вот | python | python
mp3 вот | mp |
H2O вот | h |
abcd9 вот | abcd | abcd
глава123 вот | глава | глава
глава12345 вот | глава |
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
8bit | bit | bit
8bit | 8-bit | 8bit
90sec | sec | sec
90sec | "90 seconds" | 90sec
45min run | minute | min
45min run | 45 | 45
3hrs | hour | hrs
3hr | 3 hours | 3, hr
2yrs | years | yrs
26mi | 26 | 26
250USD | usd | USD
250EUR | "250 eur" | 250EUR
7bn | billion | bn
60fps | fps | fps
12pt | pt | pt
10кВ | 10 | 10
900тг | тг | тг
900тенге | тенге | тенге
70сом | 70 | 70
30долл | "30 долл" | 30долл
2атм | 2 | 2
4ц | 4 | 4
1час | час | час
7am | "7 a.m." | 7am
7 a.m. | "7am" | 7 a.m.
2:30pm | "30 p.m." | 30pm
5in | 5 |
20м4 | 20 |
20г2 | 20 |
8bits | 8 |
8bit | 81bit |
5minx | 5 |
jquery-3.min.js | min.js | min.js
jquery-3.min.js | *.min.js | jquery-3.min.js
1 000usd | 1000 | 1 000
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
мини-\n5 | мини5 | мини-\n5
5-\nстра | 5стра | 5-\nстра
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
get_min_size | min_s* | get_min_size
get_min_size | min_size* | get_min_size
get_min_size | size_m* |
get_min_size | in_s* |
get_min_size | *min_s* | get_min_size
get_min_size | m?n_size | get_min_size
get_min_size | min_siz |
get_min_size | get_m?n | get_min_size
dir/sub/note.md | sub/n* | dir/sub/note.md
dir/sub/note.md | ub/n* |
dir/sub/note.md | dir/n* |
dir/sub/note.md | sub/note.* | dir/sub/note.md
dir/sub/note.md | dir/s?b | dir/sub/note.md
dir/sub/note.md | note.m* | note.md
very-long-term | long-t* | very-long-term
very-long-term | ong-t* |
nina@exam.org | exam.o* | exam.org
F-16 | f16* | F-16
F-16 | f1* | F-16
F-16 | f17* |
F-16 | f1?~0 | F-16
F-16 | f15~ | F-16
Т-72 | т7* | Т-72
COVID-19 | covid1* | COVID-19
e-mails | emails* | e-mails
e-mails | emailx* |
e-mails | emaild~ | e-mails
демокра-\nтия | демократ* | демокра-\nтия
демокра-\nтия | демократия* | демокра-\nтия
демокра-\nтия | демокрит* |
демокра¬тии | демократии* | демокра¬тии
1 000 000 | 1,000* | 1 000 000
1 000 000 | 1,000,0* | 1 000 000
1 000 000 | 10000* | 1 000 000
1 000 000 | 2,000* |
1,000,000 | 1,000* | 1,000,000
1,000,000 | 1000* | 1,000,000
10×15 | 10x1* | 10×15
20 × 30 | 20x3* | 20 × 30
1980s | 1980* | 1980s
well-known | wellk* |
well-known | wellknown~0 |
state-run | stater* |
2010-2012 | 20102* |
3.9.13 | 9.1* |
3.9.13 | 9.13* |
"""
TABLES = [NAMES, DOTTED, NUMBERS, IDENTIFIERS, APOSTROPHES, MARKS, UNITS, LINE_ENDS, PATTERNS]
