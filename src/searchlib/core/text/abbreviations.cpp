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
    {"adm", kDotName, "admiral"},
    {"app", kNumberBehind, "appendix"},
    {"apt", kNumberBehind, "apartment"},
    {"art", kNumberBehind, "article"},
    {"ave", kNameBefore, "avenue"},
    {"bn", kNumber, ""},
    {"brig", kDotName, "brigadier"},
    {"cal", kNumber, "calorie"},
    {"ch", kNumberBehind | kRomanBehind, "chapter"},
    {"cm", kNumber, ""},
    {"co", kNameBefore, "company"},
    {"col", kDotName, "colonel"},
    {"col", kNumberBehind, "column"},
    {"cos", kNameBefore, "company"},
    {"cu", kNumber, "cubic"},
    {"deg", kNumber, "degree"},
    {"div", kNumberBehind, "division"},
    {"doz", kNumber, ""},
    {"dr", kNameBefore, "drive"},
    {"ed", kDot, "edition editor"},
    {"eds", kDot, "editor edition"},
    {"eq", kNumberBehind, "equation"},
    {"esp", kDot, "especially"},
    {"est", kDot | kNumberBehind, "established"},
    {"ext", kNumberBehind, "extension"},
    {"fig", kNumberBehind, "figure"},
    {"figs", kNumberBehind, "figure"},
    {"fl", kNumberBehind, "floor"},
    {"ft", kDotName, "fort"},
    {"ft", kNumber, "foot"},
    {"g", kNumber, "gram"},
    {"gal", kNumber, "gallon"},
    {"gb", kNumber, "gigabyte"},
    {"gen", kDotName, "general"},
    {"ghz", kNumber, "gigahertz"},
    {"gov", kDotName, "governor"},
    {"h", kNumber, "hour"},
    {"ha", kNumber, "hectare"},
    {"hon", kDotName, "honorable"},
    {"hp", kNumber, "horsepower"},
    {"hr", kNumber, ""},
    {"hrs", kNumber, ""},
    {"hz", kNumber, "hertz"},
    {"in", kNumberAndDot, "inch"},
    {"kb", kNumber, "kilobyte"},
    {"kcal", kNumber, ""},
    {"kg", kNumber, ""},
    {"khz", kNumber, "kilohertz"},
    {"km", kNumber, ""},
    {"kw", kNumber, "kilowatt"},
    {"l", kNumber, "liter"},
    {"lb", kNumber, ""},
    {"lbs", kNumber, ""},
    {"m", kNumber, "meter"},
    {"maj", kDotName, "major"},
    {"mb", kNumber, "megabyte"},
    {"mg", kNumber, ""},
    {"mhz", kNumber, "megahertz"},
    {"mi", kNumber, "mile"},
    {"min", kNumber, ""},
    {"mins", kNumber, ""},
    {"ml", kNumber, ""},
    {"mm", kNumber, ""},
    {"mn", kNumber, ""},
    {"mph", kNumber, ""},
    {"ms", kNumber, "millisecond"},
    {"mw", kNumber, "megawatt"},
    {"no", kNumberBehind, "number"},
    {"nos", kNumberBehind, "number"},
    {"oz", kNumber, ""},
    {"p", kNumberBehind, "page"},
    {"par", kNumberBehind, "paragraph"},
    {"para", kNumberBehind, "paragraph"},
    {"pp", kNumberBehind, "page"},
    {"pres", kDotName, "president"},
    {"pt", kNumber, "pint"},
    {"pvt", kDotName, "private"},
    {"qt", kNumber, "quart"},
    {"rd", kNameBefore, "road"},
    {"rep", kDotName, "representative"},
    {"rev", kDotName, "reverend"},
    {"s", kNumber, "second"},
    {"sec", kNumberBehind, "section"},
    {"secs", kNumber, ""},
    {"sen", kDotName, "senator"},
    {"sq", kNameBefore, "square"},
    {"sq", kNumber, "square"},
    {"st", kBetweenNames, "saint street"},
    {"st", kDotName, "saint"},
    {"st", kNameBefore, "street"},
    {"t", kNumber, "ton tonne"},
    {"tb", kNumber, "terabyte"},
    {"tel", kNumberBehind | kDot, "telephone"},
    {"temp", kDot, "temperature"},
    {"v", kNumberBehind, "version"},
    {"v", kNumber, "volt", "V"},
    {"ver", kNumberBehind, "version"},
    {"vol", kNumberBehind | kRomanBehind | kDot, "volume"},
    {"vols", kDot, "volume"},
    {"w", kNumber, "watt", "W"},
    {"yd", kNumber, "yard"},
    {"yds", kNumber, ""},
    {"yrs", kNumber, ""},
    {"а", kNumber, "ампер", "А"},
    {"авг", kNumber | kNumberBehind, "август"},
    {"акц", kDot, "акционерный"},
    {"библ", kDot, "библиотека"},
    {"биол", kDot, "биология биологический"},
    {"бул", kDotName, "бульвар"},
    {"бывш", kDot, "бывший"},
    {"в", kRomanBefore, "век"},
    {"в", kNumber, "вольт", "В"},
    {"вкл", kDot, "включая включить"},
    {"вост", kDot, "восточный"},
    {"вс", kDot, "воскресенье"},
    {"вт", kNumber | kYear | kOldYear, "ватт", "Вт"},
    {"вт", kDot, "вторник"},
    {"вып", kDot | kNumberBehind, "выпуск"},
    {"г", kYear | kOldYearDot, "год"},
    {"г", kOldYear, "грамм год"},
    {"г", kNumber, "грамм"},
    {"г", kDotName, "город"},
    {"г", kAlone, "год город"},
    {"га", kNumber, ""},
    {"газ", kDotName, "газета"},
    {"гб", kNumber, ""},
    {"гвт", kNumber, ""},
    {"ггц", kNumber, ""},
    {"ген", kDotName, "генерал генеральный"},
    {"гл", kNumberBehind | kRomanBehind, "глава"},
    {"гл", kDotName, "главный"},
    {"гл", kAlone, "глава"},
    {"гр", kDotName, "гражданин"},
    {"гр", kNumber, "грамм"},
    {"гр", kAlone, "грамм"},
    {"гц", kNumber, ""},
    {"д", kNumberBehind, "дом"},
    {"д", kDotName, "деревня"},
    {"дб", kNumber, ""},
    {"дек", kNumber | kNumberBehind, "декабрь"},
    {"дер", kDotName, "деревня"},
    {"дж", kNumber | kYear | kOldYear, "джоуль", "Дж"},
    {"дм", kNumber, ""},
    {"долл", kNumber, ""},
    {"ед", kNumber, "единица"},
    {"ед", kDot, "единственный единица"},
    {"журн", kDot, "журнал"},
    {"зам", kDot, "заместитель"},
    {"зап", kDot, "западный"},
    {"избр", kDot, "избранный"},
    {"инж", kDot, "инженер"},
    {"к", kNumberBehind, "корпус комната"},
    {"каб", kNumberBehind, "кабинет"},
    {"кап", kDotName, "капитан"},
    {"кап", kNumber, "капля"},
    {"кат", kDot | kNumberBehind, "категория"},
    {"кб", kNumber, ""},
    {"кв", kNumber, "квадратный"},
    {"кв", kNumberBehind, "квартира"},
    {"кв", kAlone, "квартира"},
    {"квт", kNumber, ""},
    {"кг", kNumber, ""},
    {"кгц", kNumber, ""},
    {"ккал", kNumber, ""},
    {"км", kNumber, ""},
    {"кн", kDot | kNumberBehind, "книга князь"},
    {"ком", kNumberBehind, "комната"},
    {"коп", kNumber, ""},
    {"корп", kNumberBehind, "корпус"},
    {"кпа", kNumber, ""},
    {"куб", kNumber | kDot, "кубический"},
    {"л", kNumber, "литр"},
    {"л", kAlone, "литр"},
    {"лат", kDot | kAlone, "латинский"},
    {"лит", kDot, "литература литературный"},
    {"м", kNumber, "метр"},
    {"м", kDotName, "метро"},
    {"м", kAlone, "метр"},
    {"макс", kDot, "максимальный максимум"},
    {"мар", kNumber | kNumberBehind, "март"},
    {"мб", kNumber, ""},
    {"мвт", kNumber, ""},
    {"мг", kNumber, ""},
    {"мгц", kNumber, ""},
    {"мед", kDot, "медицинский медицина"},
    {"мес", kNumber, "месяц"},
    {"мест", kDot, "местный"},
    {"мин", kNumber, "минута"},
    {"мин", kDotName, "министерство министр"},
    {"мин", kAlone, "минута"},
    {"мкг", kNumber, ""},
    {"мкм", kNumber, ""},
    {"мл", kNumber, ""},
    {"млн", kNumber, ""},
    {"млрд", kNumber, ""},
    {"мм", kNumber, ""},
    {"мн", kDot, "множественный много"},
    {"мпа", kNumber, ""},
    {"мс", kNumber, "миллисекунда"},
    {"муз", kDot, "музыка музыкальный"},
    {"н", kNumber, "ньютон", "Н"},
    {"назв", kDot, "название называть"},
    {"нац", kDot, "национальный"},
    {"нач", kDot, "начальник начало"},
    {"нед", kNumber, "неделя"},
    {"нм", kNumber, ""},
    {"о", kDotName, "остров отец"},
    {"об", kNumber, "оборот"},
    {"оз", kDotName, "озеро"},
    {"отд", kDot, "отдел отдельный"},
    {"оф", kNumberBehind, "офис"},
    {"п", kNumberBehind, "пункт"},
    {"п", kAlone, "пункт"},
    {"пер", kDotName, "переулок"},
    {"пер", kDot, "перевод переводчик"},
    {"пер", kAlone, "переулок"},
    {"пл", kDotName, "площадь"},
    {"пл", kAlone, "площадь"},
    {"поз", kDot | kNumberBehind, "позиция"},
    {"полк", kDotName, "полковник"},
    {"пос", kDotName, "посёлок"},
    {"пп", kNumberBehind, "пункт"},
    {"пр", kDotName, "проспект"},
    {"пр", kDot | kAlone, "прочий"},
    {"пред", kDot, "предыдущий председатель"},
    {"прил", kDot | kNumberBehind, "приложение"},
    {"прим", kDot | kNumberBehind, "примечание"},
    {"р", kNumber, "рубль"},
    {"р", kDotName, "река"},
    {"р", kAlone, "рубль"},
    {"разг", kDot, "разговорный"},
    {"ред", kDot | kAlone, "редактор редакция"},
    {"рис", kNumberBehind, "рисунок"},
    {"род", kDot, "родительный"},
    {"руб", kNumber, ""},
    {"рус", kDot | kAlone, "русский"},
    {"с", kNumberAndDot, "секунда страница"},
    {"с", kNumberBehind, "страница"},
    {"с", kDotName, "село"},
    {"св", kDotName, "святой"},
    {"св", kNumberBehind, "свыше"},
    {"сев", kDot, "северный"},
    {"сек", kNumber, "секунда"},
    {"сек", kAlone, "секунда"},
    {"сен", kNumber | kNumberBehind, "сентябрь"},
    {"след", kDot, "следующий"},
    {"см", kNumber, "сантиметр"},
    {"см", kDot | kAlone, "смотреть"},
    {"собр", kDot, "собрание"},
    {"сост", kDot, "составитель"},
    {"соч", kDot, "сочинение"},
    {"ср", kDotName | kDot, "среда сравнить"},
    {"ст", kNumberBehind, "статья"},
    {"ст", kDotName, "станция"},
    {"ст", kAlone, "статья"},
    {"стр", kNumber, "страница"},
    {"стр", kNumberBehind, "страница строение"},
    {"стр", kAlone, "страница"},
    {"сут", kNumber, "сутки"},
    {"т", kRoubles, "тысяча"},
    {"т", kNumber, "тонна"},
    {"т", kNumberBehind | kRomanBehind, "томов"},
    {"тб", kNumber, ""},
    {"тел", kNumberBehind, "телефон"},
    {"тел", kDot | kAlone, "телефон"},
    {"техн", kDot, "технический"},
    {"тж", kDot, "также"},
    {"трлн", kNumber, ""},
    {"тт", kNumberBehind | kRomanBehind, "томов"},
    {"тыс", kNumber, ""},
    {"уп", kNumber, "упаковка"},
    {"физ", kDot, "физический физика"},
    {"хим", kDot, "химический химия"},
    {"худ", kDot, "художник художественный"},
    {"ц", kNumber, "центнер"},
    {"центр", kDotName, "центральный"},
    {"ч", kNumber, "час"},
    {"ч", kNumberBehind | kRomanBehind, "часть"},
    {"ч", kAlone, "час"},
    {"чел", kNumber, "человек"},
    {"чел", kAlone, "человек"},
    {"ш", kDotName, "шоссе"},
    {"шт", kNumber, ""},
    {"эт", kNumber | kNumberBehind, "этаж"},
    {"юж", kDot, "южный"},
    {"юр", kDot, "юридический"},
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
  return char_at(before_, before_end_).properties.upper() ? uint32_t{kNameBefore} : 0;
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
    if (context & (kNumber | kOldYear)) quantity_end_ = end;
    return row->words;
  }
  return {};
}

}  // namespace searchlib
