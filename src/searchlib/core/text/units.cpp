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
    U"г",     U"гг",  U"год",  U"года", U"году", U"лет", U"в",    U"вв",   U"ч",    U"мин", U"сек",  U"с",
    U"мс",    U"км",  U"м",    U"см",   U"мм",   U"мкм", U"нм",   U"га",   U"кг",   U"гр",  U"мг",   U"т",
    U"л",     U"мл",  U"р",    U"руб",  U"коп",  U"тыс", U"млн",  U"млрд", U"трлн", U"шт",  U"чел",  U"кб",
    U"мб",    U"гб",  U"тб",   U"гц",   U"кгц",  U"мгц", U"ггц",  U"вт",   U"квт",  U"мвт", U"ккал", U"дж",
    U"кдж",   U"км",  U"km",   U"cm",   U"mm",   U"kg",  U"mg",   U"ml",   U"ft",   U"lb",  U"lbs",  U"oz",
    U"mph",   U"kb",  U"mb",   U"gb",   U"tb",   U"hz",  U"khz",  U"mhz",  U"ghz",  U"kw",  U"kwh",  U"mw",
    U"ms",    U"px",  U"dpi",  U"kbps", U"mbps", U"min", U"mins", U"sec",  U"secs", U"hr",  U"hrs",  U"yr",
    U"yrs",   U"mi",  U"usd",  U"eur",  U"bn",   U"fps", U"bit",  U"pt",   U"am",   U"pm",  U"кв",   U"тг",
    U"тенге", U"сом", U"долл", U"атм",  U"ц",    U"час"};
constexpr size_t kLongestUnit = 5;
constexpr size_t kLongestWord = 12;  // летними, летиях

// 20летний, 20летия are written with a space as well, as a unit is, and are two words with one.
bool begins_years(std::u32string_view letters) {
  return letters.starts_with(U"летн") || letters.starts_with(U"лети");
}

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

bool is_unit(const uint8_t* at, const uint8_t* end) {
  std::u32string unit;
  size_t size = 0;
  Char next = char_at(at, end);
  for (; next.letter() || next.word_class() == Class::kFormat; next = char_at(at, end)) {
    at += next.length;
    if (!next.letter()) continue;
    if (++size <= kLongestUnit) {
      unit += plain_small(next.code_point);
    } else if (size > kLongestWord || !begins_years(unit) || next.script() != unicode::Script::kCyrillic) {
      return false;
    }
  }
  if (next.alphanumeric() || next.attached()) return false;
  const Char behind = char_at(at + next.length, end);
  if (next.word_class() == Class::kUnderscore && behind.alphanumeric()) return false;
  if (next.word_class() == Class::kApostrophe && behind.letter()) return false;
  if (size >= kLongestUnit && begins_years(unit)) return true;
  return std::find(std::begin(kUnits), std::end(kUnits), unit) != std::end(kUnits);
}

const uint8_t* unit_in(const uint8_t* begin, const uint8_t* end) {
  const auto is_digit = [](uint8_t byte) { return byte >= '0' && byte <= '9'; };
  const uint8_t* const behind = std::find_if_not(begin, end, is_digit);
  if (behind == end || (*behind < 0x80 && !(kBytes[*behind] & (kRun | kJoiner)))) return nullptr;
  if (char_at(begin, end).word_class() != Class::kDigit) return nullptr;
  const uint8_t* const unit = number_before_letters(begin, end);
  return unit != nullptr && is_unit(unit, end) ? unit : nullptr;
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
