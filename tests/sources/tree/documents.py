"""The documents of which the tree is made: a dozen, in English and in Russian.

Between them they have what real ones have: headings, tables, notes, lists, columns, passages from right to
left, soft hyphens, letters of six Cyrillic alphabets, long words, quotes, dashes, formulas, boxes, captions,
hidden and deleted text, comments, headers and footers. {word} is the word that only one file has.
"""

from __future__ import annotations

from typing import NamedTuple


class Document(NamedTuple):
    name: str
    language: str
    title: str
    text: str


DOCUMENTS = (
    Document("letter", "en", "A Letter from the Lake", """
# A Letter from the Lake
Dear Ann, the ferry was late again — nobody said why, and the timetable (if there is one) hangs behind glass.
“You'll get used to it,” said the ferryman; ‘soon’ is what they say for everything here, e.g. for mail.
## What we saw
The {word} stood in the yard, half covered with snow, as big as a barn.
- two herons, one of them *lame*
- the mill's wheel
  - its upper bucket
  - its axle, well-oiled
- a snow-white cat
## What it cost
We paid £12.50 for bread, 3 kg of flour and state-of-the-art lamp oil; the rest was a gift.
"""),
    Document("contract", "ru", "Договор аренды помещения", """
[header] Общество «Ромашка», отдел договоров
[footer] Страница [[page]] из [[pages]]
# Договор аренды помещения
г. Полтава, 31 мая 2026 г.
1. Предмет договора
  1. Арендодатель передаёт, а арендатор принимает помещение площадью 45 м^2^.
  2. К помещению прилагается {word}, опись которой стороны подписали.
2. Плата и сроки
  1. Плата составляет 12 000 руб. в месяц и вносится до 5-го числа.
  2. За просрочку начисляется пеня — 0,1 % в день.
3. Прочие условия
# Подписи сторон
| Арендодатель | Арендатор |
| А. С. Петрова | ООО «Ёлка» |
"""),
    Document("report", "en", "Yearly Report of the Harbour", """
# Yearly Report of the Harbour
As [[ref: tonnage]] shows, traffic grew by 7.5% in 2025.
[[target: tonnage]]
| Quarter | Ships | Tonnage |
| first | 112 | 48,200 |
| second | 140 | 61,350 |
| third | 96 | 39,000 |
# Equipment
The crane was replaced by a {word}, which lifts twice as much.
!The new crane at the northern quay
| Place | Depth |
| quay one | 11 m |
| quay two | 9.5 m |
> Opening hours: Monday to Friday, 8 to 17.
"""),
    Document("note", "ru", "Справка о водоёмах", """
# Справка о водоёмах
Озёра области мелеют[[note: По данным наблюдений за тридцать лет.]], и рыбы в них становится меньше.
Причина известна давно[[note: Смотри отчёт комиссии, страница 12.]]: забор воды для полива.
| Водоём | Глубина, м | Площадь, га |
| Синее озеро | 14 | 230 |
| Чёрный пруд | 3,5 | 12 |
# Наблюдения
Осенью на берегу появилась {word}, которую прежде не видели.
- щука и окунь
- карась
  - золотой
  - серебряный
"""),
    Document("paper", "en", "On the Damping of Pendulums", """
# On the Damping of Pendulums
[columns]
A pendulum in air loses energy with each swing[[note: We leave friction in the bearing aside.]]. Its amplitude
falls as e^−kt^, where k depends on the bob.
Water (H~2~O) damps more than air by a factor of 10^3^; the formula below holds for small angles.
$T = 2π√(l/g)
We call the remaining motion a {word}; it was first described by Hooke[[note: In a letter that is lost.]].
The experiment was repeated in four laboratories, and no difference beyond the error was seen between them.
[/columns]
## Conclusion
Heavier bobs swing longer. Nothing else matters in practice.
"""),
    Document("essay", "ru", "О переносах и длинных словах", """
# О переносах и длинных словах
[columns]
Слово «элек\u00adтри\u00adфи\u00adка\u00adция» набирают с мягкими переносами, а
«вы\u00adсо\u00adко\u00adпре\u00adвос\u00adхо\u00adди\u00adтель\u00adство» без них не помещается в столбец.
Метоксихлордиэтиламинометилбутиламиноакридин и человеконенавистничество — самые длинные слова словаря.
В середине столбца стоит {word}, чтобы её можно было найти.
Тире — не дефис: научно-популярный, северо-запад, из-за угла; «кавычки», „лапки“ и 'апострофы' различаются.
[/columns]
## Выводы
Перенос не меняет слова: до\u00adрога остаётся дорогой.
"""),
    Document("review", "en", "A Draft under Review", """
# A Draft under Review
The committee met in [[deleted: March]][[inserted: April]] to agree on the budget.[[comment: Which one?]]
Nobody mentioned the [[hidden: secretpassword]] roof, which leaks.
In the garden a {word} was planted[[comment: Check the spelling.]] by the mayor herself.
[[deleted: This sentence was removed.]] The minutes follow.
1. Welcome
2. Budget
3. Any other business
"""),
    Document("corrections", "ru", "Правленая рукопись", """
# Правленая рукопись
Поезд пришёл [[deleted: вовремя]][[inserted: с опозданием]], перрон был пуст.[[comment: Проверить время.]]
Проводник вынес чемодан[[hidden: скрытоеслово]] и поставил его у двери.
На лавке лежала {word}, забытая кем-то накануне.
# Продолжение
[[deleted: Эта фраза вычеркнута.]] Утром всё повторилось.
| Станция | Время |
| Ёлкино | 12:05 |
| Озёрная | 13:40 |
"""),
    Document("handbook", "en", "Handbook for Guides", """
[header] Guides' Association
[footer] page [[page]]
# Handbook for Guides
Greet people in their own language: שלום עולם in Hebrew, مرحبا بالعالم in Arabic, γειά σου in Greek.
ברוכים הבאים אל העיר העתיקה
The museum ([[link: see its page]]) keeps the {word} in its cellar; photographs are forbidden.
## Rooms
| Room | Floor | Name |
| 101 | first | حديقة |
| 202 | second | ספרייה |
## Safety
*Never* leave a group alone. Call 112, not 911; say where you are: 48°51′N, 2°21′E.
"""),
    Document("languages", "ru", "Письма соседей", """
# Письма соседей
По-украински: «Її ґанок і під’їзд — це щастя», — написал дядько Євген.
# Қазақша және ўзбекча
Қазақ тілінде: әңгіме, үміт, өнер, ұлт, іңір, һәм ғылым.
Ўзбек тилида: ўқувчи, қишлоқ, ғоя, ҳаво.
Бо забони тоҷикӣ: ҷавоб, ӯрда, қалам, ҳикмат, дӯстӣ.
Беларуская: ў лесе, дзень, надзвычайны, цёплы.
# Приписка
В конверте лежала {word}, завёрнутая в газету «Вечерний Алматы».
"""),
    Document("leaflet", "en", "Leaflet of the Botanic Garden", """
# Leaflet of the Botanic Garden
> Free entry on Sundays.
Welcome! The glass-house opens at nine, the rosarium at ten.
!A water lily in bloom
## Do not miss
1. The palm house
  - date palm
  - oil palm
2. The {word}, in flower once in a hundred years
3. The café; its cake is naïvely rich
> Dogs on a leash, please.
## How to come
Take tram 5/7 to “Botanic Garden”; it's a ten-minute walk — or less.
"""),
    Document("story", "ru", "Сторож на мельнице", """
# Глава первая
— Кто там? — спросил сторож.
— Свои, — ответили из темноты. — Открывай, дед!
# Глава вторая
Под навесом стояла {word}; о ней говорили шёпотом.
Мельник знал: «Не трогай — и не тронут».
# Глава третья
К утру вода ушла, и колесо остановилось[[note: Так рассказывали старики.]].
Больше её никто не видел…
"""),
)  # fmt: skip
