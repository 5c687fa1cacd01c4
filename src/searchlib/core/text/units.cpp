#include "text/units.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "text/chars.hpp"
#include "text/word.hpp"

namespace searchlib::scanning {
namespace {

using unicode::Class;

// Written out because an abbreviation is no rule: what else may stand after a number (3d, 2pac,
// 5g) is a name.
constexpr std::u32string_view kUnits[] = {
    U"г",       U"гг",      U"год",     U"года",     U"году",    U"лет",    U"в",      U"вв",      U"ч",
    U"мин",     U"сек",     U"с",       U"мс",       U"км",      U"м",      U"см",     U"мм",      U"мкм",
    U"нм",      U"га",      U"кг",      U"гр",       U"мг",      U"т",      U"л",      U"мл",      U"р",
    U"руб",     U"коп",     U"тыс",     U"млн",      U"млрд",    U"трлн",   U"шт",     U"чел",     U"кб",
    U"мб",      U"гб",      U"тб",      U"гц",       U"кгц",     U"мгц",    U"ггц",    U"вт",      U"квт",
    U"мвт",     U"ккал",    U"дж",      U"кдж",      U"km",      U"cm",     U"mm",     U"kg",      U"mg",
    U"ml",      U"ft",      U"lb",      U"lbs",      U"oz",      U"mph",    U"kb",     U"mb",      U"gb",
    U"tb",      U"hz",      U"khz",     U"mhz",      U"ghz",     U"kw",     U"kwh",    U"mw",      U"ms",
    U"px",      U"dpi",     U"kbps",    U"mbps",     U"min",     U"mins",   U"sec",    U"secs",    U"hr",
    U"hrs",     U"yr",      U"yrs",     U"mi",       U"usd",     U"eur",    U"bn",     U"fps",     U"bit",
    U"pt",      U"am",      U"pm",      U"кв",       U"тг",      U"тенге",  U"сом",    U"долл",    U"атм",
    U"ц",       U"час",     U"дм",      U"дб",       U"кпа",     U"мпа",    U"мач",    U"mah",     U"m",
    U"l",       U"g",       U"h",       U"k",        U"дня",     U"дни",    U"день",   U"мая",     U"раз",
    U"шаг",     U"нед",     U"мес",     U"сут",      U"тн",      U"уп",     U"эт",     U"day",     U"days",
    U"week",    U"weeks",   U"month",   U"months",   U"year",    U"years",  U"hour",   U"hours",   U"minute",
    U"minutes", U"second",  U"seconds", U"people",   U"meter",   U"meters", U"metre",  U"metres",  U"mile",
    U"miles",   U"million", U"billion", U"trillion", U"percent", U"pct",    U"dollar", U"dollars", U"euro",
    U"euros",   U"pound",   U"pounds",  U"ton",      U"tons",    U"tonne",  U"tonnes", U"inch",    U"inches",
    U"feet",    U"mln",     U"mlrd",    U"tn",       U"gw",      U"kv",     U"kpa",    U"mpa",     U"gbps",
    U"ccm",     U"mcg"};
// Those that have squares and cubes: 20м2, 5 ft².
constexpr std::u32string_view kLengths[] = {U"м",  U"дм", U"см", U"мм", U"км", U"m",
                                            U"dm", U"cm", U"mm", U"km", U"ft", U"yd"};
constexpr size_t kLongestUnit = 8;
constexpr size_t kShortestWord = 4, kLongestWord = 24;

// A Russian word of four letters or more is one, and a number before it another: 20летний, 10дней, 9сентября. All
// these are written with a space as well. An ending (5ого) is shorter.
bool is_russian(char32_t small) { return small >= U'а' && small <= U'я'; }

// й and ё, in one character; and what makes them of the letter before.
bool is_short_i_or_yo(uint32_t letter) {
  return letter == U'й' || letter == U'Й' || letter == U'ё' || letter == U'Ё';
}
bool makes_short_i_or_yo(uint32_t before, uint32_t mark) {
  return (mark == 0x306 && (before == U'и' || before == U'И')) ||
         (mark == 0x308 && (before == U'е' || before == U'Е'));
}

// Units of one letter are written small, and what is written large behind a number (3М, 1С) is a name; but for
// volts and watts, and the year in «2021Г». One digit and с are a name however written: 1с, 5с. So are 5g and 4k, and
// a processor's 2600k.
bool is_unit_of_one_letter(char32_t small, bool large, int digits) {
  if ((small == U'с' || small == U'g' || small == U'k') && digits == 1) return false;
  if (small == U'k' && digits == 4) return false;
  if (small == U'v' || small == U'w') return large;
  return !large || small == U'в' || (small == U'г' && digits == 4);
}

bool is_length(std::u32string_view unit) {
  return std::find(std::begin(kLengths), std::end(kLengths), unit) != std::end(kLengths);
}

bool is_power(uint32_t code_point) {
  return code_point == '2' || code_point == '3' || code_point == U'²' || code_point == U'³';
}

// The letter that stands for a times sign, of either alphabet.
bool is_times(uint32_t letter) { return letter == 'x' || letter == 'X' || letter == U'х' || letter == U'Х'; }

// What stands for a letter of a unit, however it is typed; none for what is not one letter.
char32_t plain_small(uint32_t code_point) {
  const auto parts = unicode::decomposition(code_point);
  if (parts.size() > 1) return 0;
  const uint32_t plain = parts.empty() ? code_point : parts[0];
  const auto folded = unicode::folding(plain);
  if (folded.size() > 1) return 0;
  return static_cast<char32_t>(folded.empty() ? plain : folded[0]);
}

// Where a number ends that begins at `begin`, if letters follow it at once.
const uint8_t* number_before_letters(const uint8_t* begin, const uint8_t* end) {
  const uint8_t* at = begin;
  for (;;) {
    Char next = char_at(at, end);
    if (next.word_class() == Class::kDigit || next.attached()) {
      at += next.length;
      continue;
    }
    const bool times = next.letter() && is_times(next.code_point) && at != begin;
    if (times && char_at(at + next.length, end).word_class() == Class::kDigit) {  // 10x15см
      at += next.length;
      continue;
    }
    if (next.letter()) return at;
    const Class kind = next.word_class();
    if (kind != Class::kDot && kind != Class::kMidNum && kind != Class::kApostrophe) return nullptr;
    at += next.length;
    if (char_at(at, end).word_class() != Class::kDigit) return nullptr;
  }
}

struct Digits {
  const uint8_t* end;
  int count;
};

// The digits at `at`, of which no more than four are counted.
Digits digits_at(const uint8_t* at, const uint8_t* end) {
  Digits digits{at, 0};
  for (Char next = char_at(at, end); next.word_class() == Class::kDigit && digits.count < 4;
       next = char_at(digits.end, end)) {
    digits.end = skip_attached(digits.end + next.length, end);
    ++digits.count;
  }
  return digits;
}

}  // namespace

bool is_unit(const uint8_t* at, const uint8_t* end, int digits) {
  std::u32string unit;
  size_t size = 0;
  bool large = false, russian = true;
  Char next = char_at(at, end);
  uint32_t before = 0;
  for (; next.letter() || next.word_class() == Class::kFormat || makes_short_i_or_yo(before, next.code_point);
       next = char_at(at, end)) {
    at += next.length;
    if (!next.letter()) {
      if (next.word_class() == Class::kFormat) continue;
      before = 0;
      if (size <= kLongestUnit) unit.back() = 0;  // й is no и, in one character or in two
      continue;
    }
    large = next.upper();
    before = next.code_point;
    const char32_t small = plain_small(next.code_point);
    russian = russian && (is_russian(small) || is_short_i_or_yo(next.code_point));
    if (++size <= kLongestUnit) {
      unit += small;
    } else if (size > kLongestWord || !russian) {
      return false;
    }
  }
  const bool has_power = size > 0 && is_power(next.code_point) && is_length(unit);
  if (has_power) {
    at += next.length;
    next = char_at(at, end);
  }
  if (next.alphanumeric() || next.attached()) return false;
  const Char behind = char_at(at + next.length, end);
  if (next.word_class() == Class::kUnderscore && behind.alphanumeric()) return false;
  if (next.word_class() == Class::kApostrophe && behind.letter()) return false;
  if (has_power) return true;
  const bool model = next.word_class() == Class::kHyphen && behind.alphanumeric();  // 5W-30
  if (size == 1 && (!is_unit_of_one_letter(unit.front(), large, digits) || (large && model))) return false;
  if (size == 1 && large) return true;
  if (size >= kShortestWord && russian) return true;
  return std::find(std::begin(kUnits), std::end(kUnits), unit) != std::end(kUnits);
}

const uint8_t* unit_in(const uint8_t* begin, const uint8_t* end) {
  const auto is_digit = [](uint8_t byte) { return byte >= '0' && byte <= '9'; };
  const uint8_t* const behind = std::find_if_not(begin, end, is_digit);
  if (behind == end || (*behind < 0x80 && !(kBytes[*behind] & (kRun | kJoiner)))) return nullptr;
  if (char_at(begin, end).word_class() != Class::kDigit) return nullptr;
  const uint8_t* const unit = number_before_letters(begin, end);
  if (unit == nullptr) return nullptr;
  const Digits digits = digits_at(begin, unit);
  return is_unit(unit, end, digits.end == unit ? digits.count : kSomeDigits) ? unit : nullptr;
}

const uint8_t* power_behind(const uint8_t* begin, const uint8_t* at, const uint8_t* end) {
  if (end - at < 2 || at[0] != 0xC2 || (at[1] != 0xB2 && at[1] != 0xB3)) return nullptr;
  std::u32string letters;
  for (const uint8_t* letter = begin; letter != at && letters.size() <= 2;) {
    const Char next = char_at(letter, at);
    letter += next.length;
    if (!next.attached()) letters += plain_small(next.code_point);
  }
  return is_length(letters) && !char_at(at + 2, end).alphanumeric() ? at + 2 : nullptr;
}

bool groups_thousands(const uint8_t* begin, const uint8_t* at, const uint8_t* behind, const uint8_t* end) {
  const Digits before = digits_at(begin, at), after = digits_at(behind, end);
  return before.end == at && before.count <= 3 && after.count == 3 &&
         (!char_at(after.end, end).alphanumeric() || is_unit(after.end, end));
}

bool is_decade(const uint8_t* begin, const uint8_t* at, const uint8_t* behind, const uint8_t* end) {
  if (at[-1] != '0' || behind == end || *behind != 's') return false;
  const Char next = char_at(behind + 1, end);
  const Digits digits = digits_at(begin, at);
  return digits.end == at && digits.count % 2 == 0 && !next.alphanumeric() && !next.attached();
}

}  // namespace searchlib::scanning
