#include "text/abbreviations.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

// What stands beside a token.
enum : uint32_t {
  kAlone = 1,            // nothing: the token is all of the text, so nobody can tell
  kNumber = 2,           // a number before it that is no year, or a quantity: 5 кв. м
  kYear = 4,             // 1900 to 2099 before it
  kOldYear = 8,          // 1000 to 1899, and no dot behind it
  kOldYearDot = 16,      // 1000 to 1899, and a dot
  kRomanBefore = 32,     // XX, and a dot behind it
  kNameBefore = 64,      // a capitalised word before it, and a dot that no name follows: Main St.
  kBetweenNames = 128,   // a capitalised word before it, a dot and a name behind
  kDot = 256,            // a dot behind it
  kDotName = 512,        // a dot and then a capital: Gen. Smith
  kNumberBehind = 1024,  // a dot and then a number, or a number sign
  kRomanBehind = 2048,   // the same with a Roman one
  kRoubles = 4096,       // a number before it and «р.» behind: 5 т. р.
  kNumberAndDot = 8192,  // a number before it and a dot behind: 5 in.
};

struct Row {
  std::string_view token;      // in small letters
  uint32_t contexts;           // one of them is enough
  std::string_view words;      // none: a form of words in analysis/, after which a quantity goes on
  std::string_view written{};  // how the token must be written, if its letters' size counts
};

// By token; of the rows of one token the first that fits counts.
constexpr Row kRows[] = {
    {"a", kNumber, "ampere", "A"},
    {"abbr", kDot, "abbreviation"},
    {"addr", kDot, "address"},
    {"adj", kDot, "adjective"},
    {"adm", kDotName, "admiral"},
    {"adv", kDot, "adverb"},
    {"alt", kDot, "altitude"},
    {"ant", kDot, "antonym"},
    {"app", kNumberBehind, "appendix"},
    {"apt", kNumberBehind, "apartment"},
    {"art", kNumberBehind, "article"},
    {"ave", kNameBefore, "avenue"},
    {"biol", kDot, "biology"},
    {"bn", kNumber, ""},
    {"brig", kDotName, "brigadier"},
    {"cal", kNumber, "calorie"},
    {"cert", kDot, "certificate"},
    {"ch", kNumberBehind | kRomanBehind, "chapter"},
    {"chem", kDot, "chemistry"},
    {"co", kNameBefore, "company"},
    {"col", kDotName, "colonel"},
    {"col", kNumberBehind, "column"},
    {"cos", kNameBefore, "company"},
    {"cu", kNumber, "cubic"},
    {"deg", kNumber, "degree"},
    {"dia", kDot, "diameter"},
    {"div", kNumberBehind, "division"},
    {"dr", kNameBefore, "drive"},
    {"econ", kDot, "economics economic"},
    {"ed", kDot, "edition editor"},
    {"eds", kDot, "editor edition"},
    {"elev", kDot, "elevation"},
    {"eng", kDot, "engineering english"},
    {"eq", kNumberBehind, "equation"},
    {"esp", kDot, "especially"},
    {"est", kDot | kNumberBehind, "established"},
    {"ext", kNumberBehind, "extension"},
    {"fem", kDot, "feminine"},
    {"fig", kNumberBehind, "figure"},
    {"figs", kNumberBehind, "figure"},
    {"fl", kNumberBehind, "floor"},
    {"ft", kDotName, "fort"},
    {"ft", kNumber, "foot"},
    {"g", kNumber, "gram"},
    {"gal", kNumber, "gallon"},
    {"gb", kNumber, "gigabyte"},
    {"gen", kDotName, "general"},
    {"geog", kDot, "geography"},
    {"ghz", kNumber, "gigahertz"},
    {"gov", kDotName, "governor"},
    {"h", kNumber, "hour"},
    {"ha", kNumber, "hectare"},
    {"hist", kDot, "history historical"},
    {"hon", kDotName, "honorable"},
    {"hp", kNumber, "horsepower"},
    {"hz", kNumber, "hertz"},
    {"in", kNumberAndDot, "inch"},
    {"jct", kDot, "junction"},
    {"kb", kNumber, "kilobyte"},
    {"khz", kNumber, "kilohertz"},
    {"kw", kNumber, "kilowatt"},
    {"l", kNumber, "liter"},
    {"lat", kDot, "latitude"},
    {"lib", kDot, "library"},
    {"lit", kDot, "literature"},
    {"lon", kDot, "longitude"},
    {"m", kNumber, "meter"},
    {"maj", kDotName, "major"},
    {"mar", kNumber | kNumberBehind, "march"},
    {"masc", kDot, "masculine"},
    {"math", kDot, "mathematics"},
    {"mb", kNumber, "megabyte"},
    {"med", kDot, "medical medicine"},
    {"mfg", kDot, "manufacturing"},
    {"mhz", kNumber, "megahertz"},
    {"mi", kNumber, "mile"},
    {"mil", kDot, "military"},
    {"min", kDot, "minimum"},
    {"mn", kNumber, ""},
    {"mo", kDot, "month"},
    {"mos", kDot, "month"},
    {"ms", kNumber, "millisecond"},
    {"mw", kNumber, "megawatt"},
    {"no", kNumberBehind, "number"},
    {"nos", kNumberBehind, "number"},
    {"obs", kDot, "obsolete"},
    {"p", kNumberBehind, "page"},
    {"par", kNumberBehind, "paragraph"},
    {"para", kNumberBehind, "paragraph"},
    {"phil", kDot, "philosophy"},
    {"phys", kDot, "physics"},
    {"pl", kDot, "plural"},
    {"pol", kDot, "political"},
    {"pop", kDot, "population"},
    {"pp", kNumberBehind, "page"},
    {"pres", kDotName, "president"},
    {"prev", kDot, "previous"},
    {"prob", kDot, "probably"},
    {"pt", kNumber, "pint"},
    {"pvt", kDotName, "private"},
    {"qt", kNumber, "quart"},
    {"rd", kNameBefore, "road"},
    {"ref", kDot, "reference"},
    {"rel", kDot, "religion"},
    {"rep", kDotName, "representative"},
    {"rev", kDotName, "reverend"},
    {"s", kNumber, "second"},
    {"sched", kDot, "schedule"},
    {"sci", kDot, "science"},
    {"sec", kNumberBehind, "section"},
    {"sen", kDotName, "senator"},
    {"sing", kDot, "singular"},
    {"soc", kDot, "society"},
    {"spec", kDot, "specification"},
    {"sq", kNameBefore, "square"},
    {"sq", kNumber, "square"},
    {"st", kBetweenNames, "saint street"},
    {"st", kDotName, "saint"},
    {"st", kNameBefore, "street"},
    {"stat", kDot, "statistics"},
    {"std", kDot, "standard"},
    {"ste", kDot, "suite"},
    {"subj", kDot, "subject"},
    {"supp", kDot, "supplement"},
    {"syn", kDot, "synonym"},
    {"t", kNumber, "ton tonne"},
    {"tb", kNumber, "terabyte"},
    {"tech", kDot, "technology"},
    {"tel", kNumberBehind | kDot, "telephone"},
    {"temp", kDot, "temperature"},
    {"trans", kDot, "translation"},
    {"v", kNumberBehind, "version"},
    {"v", kNumber, "volt", "V"},
    {"ver", kNumberBehind, "version"},
    {"vol", kNumberBehind | kRomanBehind | kDot, "volume"},
    {"vols", kDot, "volume"},
    {"w", kNumber, "watt", "W"},
    {"wk", kDot, "week"},
    {"wks", kDot, "week"},
    {"yd", kNumber, "yard"},
    {"а", kNumber, "ампер", "А"},
    {"авг", kNumber | kNumberBehind, "август"},
    {"адр", kDot, "адрес"},
    {"акц", kDot, "акционерный"},
    {"амер", kDot, "американский"},
    {"араб", kDot, "арабский"},
    {"атм", kNumber, "атмосфера"},
    {"белор", kDot, "белорусский"},
    {"библ", kDot, "библиотека"},
    {"биол", kDot, "биология биологический"},
    {"брит", kDot, "британский"},
    {"бул", kDotName, "бульвар"},
    {"бывш", kDot, "бывший"},
    {"в", kRomanBefore, "век"},
    {"в", kNumber, "вольт", "В"},
    {"вкл", kDot, "включая включить"},
    {"воен", kDot, "военный"},
    {"вопр", kDot, "вопрос"},
    {"вост", kDot, "восточный"},
    {"вс", kDot, "воскресенье"},
    {"вт", kNumber | kYear | kOldYear, "ватт", "Вт"},
    {"вт", kDot, "вторник"},
    {"вып", kDot | kNumberBehind, "выпуск"},
    {"выс", kDot, "высота"},
    {"г", kYear | kOldYearDot, "год"},
    {"г", kOldYear, "грамм год"},
    {"г", kNumber, "грамм"},
    {"г", kDotName, "город"},
    {"г", kAlone, "год город"},
    {"газ", kDotName, "газета"},
    {"гар", kDot, "гарантия"},
    {"ген", kDotName, "генерал генеральный"},
    {"ген", kDot, "генеральный"},
    {"геогр", kDot, "географический"},
    {"геол", kDot, "геологический"},
    {"гл", kNumberBehind | kRomanBehind, "глава"},
    {"гл", kDotName, "главный"},
    {"гл", kAlone, "глава"},
    {"глаг", kDot, "глагол"},
    {"гр", kDotName, "гражданин"},
    {"гр", kNumber, "грамм"},
    {"гр", kAlone, "грамм"},
    {"греч", kDot, "греческий"},
    {"д", kNumberBehind, "дом"},
    {"д", kDotName, "деревня"},
    {"давл", kDot, "давление"},
    {"дек", kNumber | kNumberBehind, "декабрь"},
    {"дер", kDotName, "деревня"},
    {"дж", kNumber | kYear | kOldYear, "джоуль", "Дж"},
    {"диал", kDot, "диалектный"},
    {"диам", kDot, "диаметр"},
    {"дл", kDot, "длина"},
    {"ед", kNumber, "единица"},
    {"ед", kDot, "единственный единица"},
    {"жен", kDot, "женский"},
    {"журн", kDot, "журнал"},
    {"зав", kDot, "заведующий"},
    {"зад", kDot, "задание задача"},
    {"зам", kDot, "заместитель"},
    {"зап", kDot, "западный"},
    {"избр", kDot, "избранный"},
    {"ил", kDot, "иллюстрация"},
    {"инв", kDot, "инвентарный"},
    {"инж", kDot, "инженер"},
    {"исп", kDot, "испанский"},
    {"ист", kDot, "исторический"},
    {"итал", kDot, "итальянский"},
    {"к", kNumberBehind, "корпус комната"},
    {"каб", kNumberBehind, "кабинет"},
    {"каз", kDot, "казахский"},
    {"кап", kDotName, "капитан"},
    {"кап", kNumber, "капля"},
    {"кат", kDot | kNumberBehind, "категория"},
    {"каф", kDot, "кафедра"},
    {"кв", kNumber, "квадратный"},
    {"кв", kNumberBehind, "квартира"},
    {"кв", kAlone, "квартира"},
    {"кирг", kDot, "киргизский"},
    {"кит", kDot, "китайский"},
    {"кн", kDot | kNumberBehind, "книга князь"},
    {"кол", kDot, "количество колонка"},
    {"ком", kNumberBehind, "комната"},
    {"корп", kNumberBehind, "корпус"},
    {"куб", kNumber | kDot, "кубический"},
    {"культ", kDot, "культура культурный"},
    {"л", kNumber, "литр"},
    {"л", kAlone, "литр"},
    {"лаб", kDot, "лаборатория лабораторный"},
    {"лат", kDot | kAlone, "латинский"},
    {"лит", kDot, "литература литературный"},
    {"м", kNumber, "метр"},
    {"м", kDotName, "метро"},
    {"м", kAlone, "метр"},
    {"макс", kDot, "максимальный максимум"},
    {"мар", kNumber | kNumberBehind, "март"},
    {"мат", kDot, "математический"},
    {"мед", kDot, "медицинский медицина"},
    {"мес", kNumber, "месяц"},
    {"мест", kDot, "местный"},
    {"мин", kNumber, "минута"},
    {"мин", kDotName, "министерство министр"},
    {"мин", kAlone, "минута"},
    {"мин", kDot, "минимальный"},
    {"млн", kNumber, ""},
    {"млрд", kNumber, ""},
    {"мн", kDot, "множественный много"},
    {"множ", kDot, "множественный"},
    {"моб", kDot, "мобильный"},
    {"мор", kDot, "морской"},
    {"мощн", kDot, "мощность"},
    {"мс", kNumber, "миллисекунда"},
    {"муж", kDot, "мужской"},
    {"муз", kDot, "музыка музыкальный"},
    {"муниц", kDot, "муниципальный"},
    {"н", kNumber, "ньютон", "Н"},
    {"назв", kDot, "название называть"},
    {"напеч", kDot, "напечатать"},
    {"нареч", kDot, "наречие"},
    {"нац", kDot, "национальный"},
    {"нач", kDot, "начальник начало"},
    {"нед", kNumber, "неделя"},
    {"нем", kDot, "немецкий"},
    {"о", kDotName, "остров отец"},
    {"об", kNumber, "оборот"},
    {"обществ", kDot, "общественный"},
    {"оз", kDotName, "озеро"},
    {"опубл", kDot, "опубликовать"},
    {"отв", kDot, "ответственный ответ"},
    {"отд", kDot, "отдел отдельный"},
    {"оф", kNumberBehind, "офис"},
    {"п", kNumberBehind, "пункт"},
    {"п", kAlone, "пункт"},
    {"пед", kDot, "педагогический"},
    {"пер", kDotName, "переулок"},
    {"пер", kDot, "перевод переводчик"},
    {"пер", kAlone, "переулок"},
    {"перев", kDot, "перевод переводчик"},
    {"перен", kDot, "переносный"},
    {"пл", kDotName, "площадь"},
    {"пл", kAlone, "площадь"},
    {"пов", kDot, "поверхность"},
    {"под", kNumberBehind, "подъезд"},
    {"поз", kDot | kNumberBehind, "позиция"},
    {"полит", kDot, "политический"},
    {"полк", kDotName, "полковник"},
    {"польск", kDot, "польский"},
    {"порт", kDot, "португальский"},
    {"пос", kDotName, "посёлок"},
    {"пост", kDot, "постановление"},
    {"пп", kNumberBehind, "пункт"},
    {"пр", kDotName, "проспект"},
    {"пр", kDot | kAlone, "прочий"},
    {"пред", kDot, "предыдущий председатель"},
    {"прибл", kDot, "приблизительно"},
    {"прил", kDot | kNumberBehind, "приложение"},
    {"прим", kDot | kNumberBehind, "примечание"},
    {"прич", kDot, "причастие"},
    {"психол", kDot, "психологический"},
    {"р", kNumber, "рубль"},
    {"р", kDotName, "река"},
    {"р", kAlone, "рубль"},
    {"разг", kDot, "разговорный"},
    {"распор", kDot, "распоряжение"},
    {"рац", kDot, "рациональный"},
    {"рег", kDot, "региональный регистрационный"},
    {"ред", kDot | kAlone, "редактор редакция"},
    {"рис", kNumberBehind, "рисунок"},
    {"род", kDot, "родительный"},
    {"рос", kDot, "российский"},
    {"росс", kDot, "российский"},
    {"рус", kDot | kAlone, "русский"},
    {"ряд", kDot, "рядовой"},
    {"с", kNumberAndDot, "секунда страница"},
    {"с", kNumberBehind, "страница"},
    {"с", kDotName, "село"},
    {"св", kDotName, "святой"},
    {"св", kNumberBehind, "свыше"},
    {"сев", kDot, "северный"},
    {"сек", kNumber, "секунда"},
    {"сек", kAlone, "секунда"},
    {"сен", kNumber | kNumberBehind, "сентябрь"},
    {"серж", kDot, "сержант"},
    {"скор", kDot, "скорость"},
    {"след", kDot, "следующий"},
    {"см", kNumber, "сантиметр"},
    {"см", kDot | kAlone, "смотреть"},
    {"собр", kDot, "собрание"},
    {"сов", kDot, "советский"},
    {"сост", kDot, "составитель"},
    {"соц", kDot, "социальный"},
    {"соч", kDot, "сочинение"},
    {"спорт", kDot, "спортивный"},
    {"ср", kDotName | kDot, "среда сравнить средний"},
    {"ст", kNumberBehind, "статья"},
    {"ст", kDotName, "станция"},
    {"ст", kAlone, "статья"},
    {"стб", kDot, "столбец"},
    {"стр", kNumber, "страница"},
    {"стр", kNumberBehind, "страница строение"},
    {"стр", kAlone, "страница"},
    {"сут", kNumber, "сутки"},
    {"сущ", kDot, "существительное существующий"},
    {"т", kRoubles, "тысяча"},
    {"т", kNumber, "тонна"},
    {"т", kNumberBehind | kRomanBehind, "томов"},
    {"тадж", kDot, "таджикский"},
    {"тел", kNumberBehind, "телефон"},
    {"тел", kDot | kAlone, "телефон"},
    {"темп", kDot, "температура"},
    {"тех", kDot, "технический"},
    {"техн", kDot, "технический"},
    {"тж", kDot, "также"},
    {"толщ", kDot, "толщина"},
    {"трлн", kNumber, ""},
    {"тт", kNumberBehind | kRomanBehind, "томов"},
    {"тур", kDot, "турецкий"},
    {"турк", kDot, "туркменский"},
    {"тыс", kNumber, ""},
    {"узб", kDot, "узбекский"},
    {"укр", kDot, "украинский"},
    {"уп", kNumber, "упаковка"},
    {"упр", kDot, "упражнение управление"},
    {"устар", kDot, "устаревший"},
    {"фед", kDot, "федеральный"},
    {"физ", kDot, "физический физика"},
    {"филос", kDot, "философский"},
    {"франц", kDot, "французский"},
    {"хим", kDot, "химический химия"},
    {"хоз", kDot, "хозяйственный"},
    {"худ", kDot, "художник художественный"},
    {"хут", kDot, "хутор"},
    {"ц", kNumber, "центнер"},
    {"центр", kDotName, "центральный"},
    {"ч", kNumber, "час"},
    {"ч", kNumberBehind | kRomanBehind, "часть"},
    {"ч", kAlone, "час"},
    {"чел", kNumber, "человек"},
    {"чел", kAlone, "человек"},
    {"чел", kDot, "человек"},
    {"черт", kDot, "чертёж"},
    {"ш", kDotName, "шоссе"},
    {"шир", kDot, "ширина"},
    {"экон", kDot, "экономический"},
    {"эл", kDot, "электронный электрический"},
    {"эт", kNumber | kNumberBehind, "этаж"},
    {"юж", kDot, "южный"},
    {"юр", kDot, "юридический"},
    {"яп", kDot, "японский"},
};

constexpr bool before(const Row& left, const Row& right) { return left.token < right.token; }
static_assert(std::is_sorted(std::begin(kRows), std::end(kRows), before));

struct Char {
  uint32_t code_point;
  uint32_t length;
  unicode::Properties properties;
};

Char char_at(const uint8_t* at, const uint8_t* end) {
  if (at == end) return {utf8::kInvalid, 0, unicode::Properties(0)};
  const utf8::Decoded decoded = utf8::decode(at, end);
  return {decoded.code_point, decoded.length, unicode::properties(decoded.code_point)};
}

bool is_space(uint32_t code_point) { return code_point == ' ' || code_point == 0xA0 || code_point == 0x202F; }

const uint8_t* skip_spaces(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); is_space(next.code_point); next = char_at(at, end)) at += next.length;
  return at;
}

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// Capitals of both alphabets that look like a Roman numeral, as far as centuries and volumes go.
bool is_roman_digit(uint32_t code_point) {
  for (const char32_t digit : {U'I', U'V', U'X', U'L', U'C', U'Х', U'І'}) {
    if (code_point == static_cast<uint32_t>(digit)) return true;
  }
  return false;
}

bool is_roman(const uint8_t* at, const uint8_t* end) {
  if (at == end) return false;
  while (at != end) {
    const Char next = char_at(at, end);
    if (!is_roman_digit(next.code_point)) return false;
    at += next.length;
  }
  return true;
}

const uint8_t* end_of_letters(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); next.properties.word_class() == unicode::Class::kLetter;
       next = char_at(at, end)) {
    at += next.length;
  }
  return at;
}

// The number that the bytes end with, if that has just four digits; else 0.
uint32_t year_in(const uint8_t* begin, const uint8_t* end) {
  uint32_t year = 0;
  if (end - begin < 4 || (end - begin > 4 && is_digit(end[-5]))) return 0;
  for (const uint8_t* at = end - 4; at != end; ++at) {
    if (!is_digit(*at)) return 0;
    year = year * 10 + (*at - '0');
  }
  return year;
}

// What a unit may follow yet: 5 тыс. т, 10 кв. м.
bool goes_on(std::string_view token) {
  for (const std::string_view word :
       {"тыс", "млн", "млрд", "трлн", "кв", "куб", "т", "bn", "mn", "sq", "cu"}) {
    if (token == word) return true;
  }
  return false;
}

// The token in small letters, in `small`; empty if it holds anything but letters of the two alphabets.
std::string_view lowered(const uint8_t* at, const uint8_t* end, std::array<char, 16>& small) {
  size_t size = 0;
  while (at != end) {
    const Char next = char_at(at, end);
    uint32_t letter = next.code_point;
    if ((letter >= 'A' && letter <= 'Z') || (letter >= U'А' && letter <= U'Я')) letter += 32;
    const bool latin = letter >= 'a' && letter <= 'z', cyrillic = letter >= U'а' && letter <= U'я';
    if (!latin && !cyrillic) return {};
    if (latin) {
      small[size++] = static_cast<char>(letter);
    } else {
      small[size++] = static_cast<char>(0xC0 | letter >> 6);
      small[size++] = static_cast<char>(0x80 | (letter & 0x3F));
    }
    at += next.length;
  }
  return {small.data(), size};
}

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> abbreviation_table() {
  std::vector<std::pair<std::string_view, std::string_view>> rows;
  for (const Row& row : kRows) rows.emplace_back(row.token, row.words);
  return rows;
}

uint32_t AbbreviationReader::context_before(const uint8_t* begin, bool dot) const {
  if (before_ == nullptr) return 0;
  const uint8_t* gap = before_end_;
  const bool quantity = quantity_end_ == before_end_;
  if (quantity && gap != begin && *gap == '.') ++gap;
  if (skip_spaces(gap, end_) < begin) return 0;
  if (quantity) return kNumber;
  if (is_digit(before_end_[-1])) {
    const uint32_t year = year_in(before_, before_end_);
    if (year >= 1900 && year < 2100) return kYear;
    if (year >= 1000 && year < 1900) return dot ? kOldYearDot : kOldYear;
    return dot ? kNumber | kNumberAndDot : kNumber;
  }
  if (!dot) return 0;
  if (is_roman(before_, before_end_)) return kRomanBefore;
  const bool name = char_at(before_, before_end_).properties.upper() || is_digit(*before_);  // 5th Ave.
  return name ? uint32_t{kNameBefore} : 0;
}

// `behind` is the end of the dot.
uint32_t AbbreviationReader::context_behind(const uint8_t* behind) const {
  const uint8_t* const at = skip_spaces(behind, end_);
  const Char next = char_at(at, end_);
  constexpr uint32_t kNumberSign = 0x2116, kGuillemet = 0xAB;
  if (next.properties.word_class() == unicode::Class::kDigit || next.code_point == kNumberSign)
    return kDot | kNumberBehind;
  if (is_roman(at, end_of_letters(at, end_))) return kDot | kRomanBehind;
  const bool quote = next.code_point == kGuillemet || next.code_point == '"';
  const Char letter = quote ? char_at(at + next.length, end_) : next;
  return letter.properties.upper() ? kDot | kDotName : kDot;
}

uint32_t AbbreviationReader::context_of(const uint8_t* begin, const uint8_t* end) const {
  const bool dot = end != end_ && *end == '.';
  if (before_ == nullptr && begin == text_ && end + dot == end_) return dot ? kAlone | kDot : kAlone;
  uint32_t context = context_before(begin, dot) | (dot ? context_behind(end + 1) : 0);
  if ((context & kNameBefore) && (context & kDotName)) context ^= kNameBefore | kBetweenNames;
  if (dot && (context & kNumber)) {
    const uint8_t* const at = skip_spaces(end + 1, end_);
    constexpr std::string_view kRouble = "р";
    const auto left = static_cast<size_t>(end_ - at);
    if (left >= kRouble.size() && std::memcmp(at, kRouble.data(), kRouble.size()) == 0 &&
        end_of_letters(at, end_) == at + kRouble.size()) {
      context |= kRoubles;
    }
  }
  return context;
}

std::string_view AbbreviationReader::look_up(const uint8_t* begin, const uint8_t* end) {
  const bool latin = *begin < 0x80;
  if (!(scripts_ & (latin ? kLatinAbbreviations : kCyrillicAbbreviations))) return {};
  std::array<char, 16> small{};
  const std::string_view token = lowered(begin, end, small);
  if (token.empty()) return {};
  const auto [first, last] = std::equal_range(std::begin(kRows), std::end(kRows), Row{token, 0, {}}, before);
  if (first == last) return {};
  const uint32_t context = context_of(begin, end);
  const std::string_view raw(reinterpret_cast<const char*>(begin), static_cast<size_t>(end - begin));
  for (const Row* row = first; row != last; ++row) {
    if (!(row->contexts & context) || (!row->written.empty() && row->written != raw)) continue;
    if ((context & (kNumber | kOldYear)) && goes_on(token)) quantity_end_ = end;
    return row->words;
  }
  return {};
}

}  // namespace searchlib
