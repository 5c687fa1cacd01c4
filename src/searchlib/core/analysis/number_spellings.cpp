// Other ways to write numbers, and names that end in one.

#include <algorithm>
#include <iterator>

#include "analysis/spelling_letters.hpp"
#include "analysis/spellings.hpp"
#include "text/spaced.hpp"

namespace searchlib::spellings {

std::optional<Number> plain_number(std::string_view form) {
  const size_t first = form.find_first_of(",'");
  if (first == std::string_view::npos || first == 0) return std::nullopt;
  const char separator = form[first];
  // After the first separator, groups of three digits; the last one may be followed by a fraction.
  std::string plain(form.substr(0, first));
  bool grouped = first <= 3 && plain != "0";
  size_t at = first, separators = 0;
  for (; at < form.size() && form[at] == separator; ++separators) {
    const size_t end = std::min(form.find_first_not_of("0123456789", at + 1), form.size());
    grouped = grouped && end - at == 4;
    plain.append(form, at + 1, end - at - 1);
    at = end;
  }
  const bool fraction = at < form.size() && form[at] == '.';
  const std::string_view rest = form.substr(std::min(at + fraction, form.size()));
  if (!std::all_of(rest.begin(), rest.end(), is_digit) || !std::all_of(plain.begin(), plain.end(), is_digit))
    return std::nullopt;
  if (grouped) {
    if (fraction) plain.append(1, '.').append(rest);
    return Number{std::move(plain), true};
  }
  if (separator != ',' || separators != 1 || fraction) return std::nullopt;
  plain.insert(first, 1, '.');
  return Number{std::move(plain), false};
}

std::optional<std::string> international(std::string_view form) {
  constexpr size_t kDigits = 11;
  if (form.size() != kDigits || form.front() != '8' || !std::all_of(form.begin(), form.end(), is_digit))
    return std::nullopt;
  return std::string(1, '7').append(form.substr(1));
}

std::optional<std::string> decade(std::string_view form) {
  if (!form.ends_with('s')) return std::nullopt;
  form.remove_suffix(1);
  if (form.ends_with('\'')) form.remove_suffix(1);
  if ((form.size() != 2 && form.size() != 4) || !form.ends_with('0')) return std::nullopt;
  if (!std::all_of(form.begin(), form.end(), is_digit)) return std::nullopt;
  return std::string(form);
}

std::optional<std::string> dimensions(std::string_view form) {
  if (form.empty() || !is_digit(form.front()) || !is_digit(form.back())) return std::nullopt;
  std::string plain;
  bool times = false;
  for (const char32_t letter : decoded(form)) {
    const bool sign = letter == U'×' || letter == U'х';
    if (!sign && letter != U'x' && letter != U'.' && letter != U',' && !(letter >= U'0' && letter <= U'9'))
      return std::nullopt;
    times = times || sign;
    plain += sign ? 'x' : static_cast<char>(letter);
  }
  if (!times) return std::nullopt;
  return plain;
}

namespace {

bool is_number_ending(std::string_view ending) {
  constexpr std::string_view kEndings[] = {"ая", "го", "е", "его", "ей", "ему", "ех",  "и",  "ий", "им",
                                           "их", "й",  "м", "ми",  "му", "мя",  "ое",  "ой", "ом", "ому",
                                           "ти", "ую", "х", "ые",  "ый", "ым",  "ыми", "ых", "ю",  "я"};
  return std::find(std::begin(kEndings), std::end(kEndings), ending) != std::end(kEndings);
}

}  // namespace

std::optional<std::string> hyphenated_number(std::string_view form) {
  const size_t size = form.find_first_not_of("0123456789");
  if (size == 0 || size == std::string_view::npos || !is_number_ending(form.substr(size)))
    return std::nullopt;
  return std::string(form.substr(0, size)).append(1, '-').append(form.substr(size));
}

std::optional<std::string> without_number_ending(std::string_view form) {
  if (form.empty() || static_cast<uint8_t>(form.back()) < 0x80) return std::nullopt;
  const size_t digits = std::min(form.find_first_not_of("0123456789"), form.size());
  const size_t roman = std::min(form.find_first_not_of("ivxlc"), form.size());
  const size_t size = std::max(digits, roman);
  if (size == 0 || size == form.size()) return std::nullopt;
  const bool hyphen = form[size] == '-';
  if (!hyphen && digits == 0) return std::nullopt;  // vй is no number
  if (!is_number_ending(form.substr(size + hyphen))) return std::nullopt;
  return std::string(form.substr(0, size));
}

std::optional<std::string> joined_code(std::string_view form) {
  const size_t hyphen = form.find('-');
  if (hyphen == 0 || hyphen == std::string_view::npos || hyphen + 1 == form.size()) return std::nullopt;
  const std::string_view letters = form.substr(0, hyphen), rest = form.substr(hyphen + 1);
  if (!is_digit(rest.front()) || rest.find('-') != std::string_view::npos) return std::nullopt;
  if (std::any_of(letters.begin(), letters.end(), is_digit)) return std::nullopt;
  return std::string(letters).append(rest);
}

std::optional<Spaced> spaced(std::string_view raw_token) {
  const char first = raw_token.empty() ? '\0' : raw_token.front();
  const bool may_be_number = first == '+' || first == '(' || is_digit(first);
  if (!may_be_number && !raw_token.ends_with('.')) return std::nullopt;
  if (!scanning::is_spaced_whole(raw_token)) return std::nullopt;
  Spaced whole;
  bool after_space = false;
  for (const char32_t letter : decoded(raw_token)) {
    const bool is_space = one_way(letter) == U' ' || letter == U'\u2009';
    if (is_space && after_space) continue;
    after_space = is_space;
    const std::string text = is_space ? " " : encoded(std::u32string(1, one_way(letter)));
    whole.form += text;
    if (may_be_number ? is_digit(text.front()) : !is_space) whole.joined += text;
  }
  if (may_be_number && whole.joined.size() == 11) {
    if (whole.joined.front() == '8') whole.joined.front() = '7';
    if (whole.joined.front() == '7') whole.also = whole.joined.substr(1);
  }
  return whole;
}

}  // namespace searchlib::spellings
