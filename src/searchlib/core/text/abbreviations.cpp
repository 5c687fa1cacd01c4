#include "text/abbreviations.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "text/abbreviation_table.hpp"
#include "text/chars.hpp"

namespace searchlib {
namespace {

using scanning::Char;
using scanning::char_at;
using scanning::is_ascii_digit;
using scanning::is_inner_space;

const uint8_t* skip_spaces(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); is_inner_space(next.code_point); next = char_at(at, end))
    at += next.length;
  return at;
}

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

std::string_view text_of(const uint8_t* begin, const uint8_t* end) {
  return {reinterpret_cast<const char*>(begin), static_cast<size_t>(end - begin)};
}

// «Х.», which is Roman ten, and Christopher.
bool is_one_roman_letter(const uint8_t* at, const uint8_t* end) {
  const Char letter = char_at(at, end);
  return letter.code_point == U'Х' && end - at > 2 && at[letter.length] == '.';
}

const uint8_t* end_of_letters(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); next.letter(); next = char_at(at, end)) {
    at += next.length;
  }
  return at;
}

// The number that the bytes end with, if that has just four digits; else 0.
uint32_t year_in(const uint8_t* begin, const uint8_t* end) {
  uint32_t year = 0;
  if (end - begin < 4 || (end - begin > 4 && is_ascii_digit(end[-5]))) return 0;
  for (const uint8_t* at = end - 4; at != end; ++at) {
    if (!is_ascii_digit(*at)) return 0;
    year = year * 10 + (*at - '0');
  }
  return year;
}

// What a house, a flat or a page is called before its number: «комната 5 г. Москва» has no grams.
constexpr std::string_view kPlaces[] = {
    "apartment", "apt",     "box",    "building", "flat",     "floor", "house",   "office", "room",
    "suite",     "unit",    "д",      "дом",      "зд",       "каб",   "кабинет", "кв",     "квартира",
    "ком",       "комната", "корп",   "корпус",   "лит",      "литер", "оф",      "офис",   "под",
    "подъезд",   "пом",     "секция", "стр",      "строение", "эт",    "этаж"};

// What one is told to see: «табл. 5 см. рис. 3».
constexpr std::string_view kShown[] = {
    "гл",    "глава", "главу",  "п",    "параграф", "подробнее", "пп",     "прил", "прим",
    "пункт", "разд",  "раздел", "рис",  "рисунки",  "рисунок",   "сноску", "ст",   "статью",
    "стр",   "сх",    "схему",  "табл", "таблицу",  "таблицы",   "тж",     "фото"};

template <size_t kSize>
bool is_one_of(const std::string_view (&words)[kSize], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Lengths that have areas: «цена за кв. м» says so without a number.
constexpr std::string_view kLengths[] = {"cm", "ft", "in", "inch", "km", "m",  "mi",
                                         "mm", "yd", "дм", "км",   "м",  "мм", "см"};

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
  for (; at != end; ++at, ++size) {
    if (*at < 0x80) {
      const auto letter = static_cast<uint8_t>(*at | 0x20);
      if (letter < 'a' || letter > 'z') return {};
      small[size] = static_cast<char>(letter);
      continue;
    }
    if (end - at < 2) return {};
    uint32_t letter = (*at & 0x1FU) << 6 | (at[1] & 0x3FU);
    if ((*at != 0xD0 && *at != 0xD1) || letter < U'А' || letter > U'я') return {};
    if (letter <= U'Я') letter += 32;
    small[size++] = static_cast<char>(0xC0 | letter >> 6);
    small[size] = static_cast<char>(0x80 | (letter & 0x3F));
    ++at;
  }
  return {small.data(), size};
}

// Whether the sign of a currency stands before `at`.
bool is_money(const uint8_t* begin, const uint8_t* at) {
  if (at == begin) return false;
  if (at[-1] == '$') return true;
  if (at - begin >= 2 && at[-2] == 0xC2) return at[-1] == 0xA3 || at[-1] == 0xA5;  // £, ¥
  return at - begin >= 3 && at[-3] == 0xE2 && at[-2] == 0x82;                      // €, ₽, ₸
}

// The small letters of the word that ends at `end`, over spaces and a dot; empty if none is so short.
std::string_view word_before(const uint8_t* begin, const uint8_t* end, std::array<char, 16>& small) {
  const auto is_gap = [](uint8_t byte) { return byte == ' ' || byte == '.' || byte == 0xC2 || byte == 0xA0; };
  while (end != begin && is_gap(end[-1])) --end;
  const uint8_t* at = end;
  while (at != begin && (at[-1] >= 0x80 || ((at[-1] | 0x20) >= 'a' && (at[-1] | 0x20) <= 'z'))) --at;
  if (static_cast<size_t>(end - at) > small.size()) return {};
  return lowered(at, end, small);
}

}  // namespace

uint32_t AbbreviationReader::context_before(const uint8_t* begin, bool dot) const {
  if (before_ == nullptr) return 0;
  const uint8_t* gap = before_end_;
  const bool quantity = quantity_end_ == before_end_;
  if (quantity && gap != begin && *gap == '.') ++gap;
  if (skip_spaces(gap, end_) < begin) return 0;
  if (quantity) return kNumber;
  if (is_ascii_digit(before_end_[-1])) {
    const uint32_t glued = begin == before_end_ && !dot ? uint32_t{kGlued} : 0;
    const uint32_t year = year_in(before_, before_end_);
    if (year >= 1900 && year < 2100) return kYear;
    if (year >= 1000 && year < 1900) return dot ? kOldYearDot : kOldYear;
    const uint32_t money = is_money(text_, before_) ? uint32_t{kMoney} : 0;
    return money | (dot ? kNumber | kNumberAndDot : kNumber | glued);
  }
  if (!dot) return 0;
  if (is_roman(before_, before_end_)) return kRomanBefore;
  const bool name = char_at(before_, before_end_).upper() || is_ascii_digit(*before_);  // 5th Ave.
  return name ? uint32_t{kNameBefore} : 0;
}

// `behind` is the end of the dot.
uint32_t AbbreviationReader::context_behind(const uint8_t* behind) const {
  const uint8_t* const at = skip_spaces(behind, end_);
  const Char next = char_at(at, end_);
  constexpr uint32_t kNumberSign = 0x2116, kGuillemet = 0xAB;
  if (next.digit() || next.code_point == kNumberSign) return kDot | kNumberBehind;
  if (is_roman(at, end_of_letters(at, end_))) return kDot | kRomanBehind;
  if (next.code_point == '-' && at == behind && char_at(at + 1, end_).letter()) return kDot | kDotHyphen;
  const bool quote = next.code_point == kGuillemet || next.code_point == '"';
  const Char letter = quote ? char_at(at + next.length, end_) : next;
  return letter.upper() ? kDot | kDotName : kDot;
}

uint32_t AbbreviationReader::context_of(const uint8_t* begin, const uint8_t* end) const {
  const bool dot = end != end_ && *end == '.';
  if (before_ == nullptr && begin == text_ && end + dot == end_) return dot ? kAlone | kDot : kAlone;
  uint32_t context = context_before(begin, dot) | (dot ? context_behind(end + 1) : 0);
  if ((context & kNameBefore) && (context & kDotName)) context ^= kNameBefore | kBetweenNames;
  if (!dot || !(context & kNumber)) return context;
  std::array<char, 16> small{};
  const uint8_t* const at = skip_spaces(end + 1, end_);
  const uint8_t* const behind = end_of_letters(at, end_);
  if (static_cast<size_t>(behind - at) <= small.size()) {
    const std::string_view word = lowered(at, behind, small);
    if (word == "р") context |= kRoubles;
    if (is_one_of(kShown, word)) context |= kReference;
  }
  if ((context & kDotName) && is_one_of(kPlaces, word_before(text_, before_, small))) return kDot | kDotName;
  return context;
}

// Whether a sentence or a line may begin there: nothing but a sign, or a number, stands before. Behind another
// initial none does.
bool AbbreviationReader::may_begin_sentence(const uint8_t* begin) const {
  if (before_ == nullptr || is_ascii_digit(before_end_[-1])) return true;
  const Char first = char_at(before_, before_end_);
  if (first.upper() && before_ + first.length == before_end_ && *before_end_ == '.') return false;
  return std::any_of(before_end_, begin, [](uint8_t byte) {
    return byte != ' ' && byte != ',' && byte != '-' && byte != 0xC2 && byte != 0xA0;
  });
}

// Whether a capital with a dot before a name, as in «С. Лавров», is an initial. In running text «с. Ивановка» is written
// small. Where capitals are no sign (at a sentence's beginning, in a line of capitals) it is one unless a place follows.
bool AbbreviationReader::is_initial(const uint8_t* begin, const uint8_t* end) const {
  const Char letter = char_at(begin, end);
  if (!letter.upper() || begin + letter.length != end) return false;
  const uint8_t* const at = skip_spaces(end + 1, end_);
  if (!char_at(at, end_).upper()) return false;  // «Г. "Мир"»
  const uint8_t* const behind = end_of_letters(at, end_);
  const uint8_t* whole = behind;  // Санкт-Петербург
  while (whole + 1 < end_ && *whole == '-' && char_at(whole + 1, end_).letter())
    whole = end_of_letters(whole + 1, end_);
  const Char second = char_at(at + char_at(at, end_).length, behind);
  const bool shouted = second.letter() && second.upper();
  if (places_ == nullptr || (!shouted && !may_begin_sentence(begin))) return true;
  return !places_->is_place(text_of(at, whole));
}

// Whether a month or a day is meant, and no Jan or Wed: beside a number, another such word, or behind a word like
// «since» and not before a name.
bool AbbreviationReader::is_in_date(const uint8_t* begin, const uint8_t* end) const {
  std::array<char, 16> small{};
  const auto is_date_word = [&](const uint8_t* from, const uint8_t* to) {
    if (to - from > static_cast<std::ptrdiff_t>(kMaxAbbreviationBytes)) return false;
    const std::string_view word = lowered(from, to, small);
    const auto rows = word.empty() ? std::span<const AbbreviationRow>() : rows_of_abbreviation(word);
    return !rows.empty() && (rows.front().contexts & kInDate);
  };
  const auto is_between = [](uint8_t byte) {
    return byte == '-' || byte == '/' || byte == ',' || byte == '.';
  };
  const uint8_t* at = end;
  if (at != end_ && is_between(*at)) {
    ++at;
  } else if (const Char dash = char_at(at, end_); dash.code_point == 0x2013) {
    at += dash.length;
  }
  at = skip_spaces(at, end_);
  const Char next = char_at(at, end_);
  if (next.digit() || (next.code_point == '\'' && char_at(at + 1, end_).digit())) return true;
  if (next.letter() && is_date_word(at, end_of_letters(at, end_))) return true;
  if (before_ == nullptr) return false;
  const uint8_t* gap = before_end_;
  if (gap != begin && (is_between(*gap) || *gap == 0xE2)) gap += *gap == 0xE2 ? 3 : 1;
  if (gap > begin || skip_spaces(gap, end_) < begin) return false;
  if (is_ascii_digit(*before_) || is_date_word(before_, before_end_)) return true;
  constexpr std::string_view kBeforeDates[] = {"during", "early", "every", "in",   "last", "late", "mid",
                                               "next",   "on",    "since", "this", "till", "until"};
  const bool name = next.letter() && next.upper() && at != end;
  return !name && before_end_ - before_ <= 6 && is_one_of(kBeforeDates, lowered(before_, before_end_, small));
}

std::string_view AbbreviationReader::look_up(const uint8_t* begin, const uint8_t* end) {
  const bool latin = *begin < 0x80;
  if (!(scripts_ & (latin ? kLatinAbbreviations : kCyrillicAbbreviations))) return {};
  std::array<char, 16> small{};
  const std::string_view token = lowered(begin, end, small);
  if (token.empty()) return {};
  const std::span<const AbbreviationRow> rows = rows_of_abbreviation(token);
  if (rows.empty() || begin < passed_) return {};
  uint32_t context = context_of(begin, end);
  const std::string_view raw = text_of(begin, end);
  const bool year = rows.front().contexts & context & (kYear | kOldYearDot);  // 2021 Г. Потом
  if ((context & (kDotName | kRomanBehind)) && !year && is_initial(begin, end)) {
    // «Т. Х. Каримов», but «Т. XX»; and «220 В. Потом» is volts.
    const auto is_unit = [&](const AbbreviationRow& row) { return row.written == raw; };
    if (context & kRomanBehind ? is_one_roman_letter(skip_spaces(end + 1, end_), end_)
                               : std::none_of(rows.begin(), rows.end(), is_unit))
      return {};
  }
  const bool named = context & (kNameBefore | kBetweenNames);
  if (named && places_ != nullptr && end - begin == 2 && places_->is_place(text_of(before_, before_end_)))
    context |= kPlaceBefore;
  if ((rows.front().contexts & kInDate) && is_in_date(begin, end)) context |= kInDate;
  if ((context & kDot) && !(context & kNumber) && goes_on(token)) {
    std::array<char, 16> unit{};
    const uint8_t* const at = skip_spaces(end + 1, end_);
    const uint8_t* const behind = end_of_letters(at, end_);
    if (static_cast<size_t>(behind - at) <= unit.size() && is_one_of(kLengths, lowered(at, behind, unit)))
      context |= kNumber;
  }
  for (const AbbreviationRow& row : rows) {
    if (!(row.contexts & context) || (!row.written.empty() && row.written != raw)) continue;
    if ((context & (kNumber | kOldYear)) && goes_on(token)) quantity_end_ = end;
    return row.words;
  }
  return {};
}

}  // namespace searchlib
