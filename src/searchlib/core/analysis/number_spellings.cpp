// Other ways to write numbers.

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

std::optional<std::string> ungrouped_by_dots(std::string_view form) {
  size_t at = form.find('.'), groups = 0;
  if (at == 0 || at > 3 || at == std::string_view::npos || form.front() == '0') return std::nullopt;
  std::string plain(form.substr(0, at));
  for (; at < form.size() && form[at] == '.'; ++groups) {
    const size_t end = std::min(form.find_first_not_of("0123456789", at + 1), form.size());
    if (end - at != 4) return std::nullopt;
    plain.append(form, at + 1, 3);
    at = end;
  }
  const bool fraction = at < form.size() && form[at] == ',';
  const std::string_view rest = form.substr(std::min(at + fraction, form.size()));
  if ((!fraction && (groups < 2 || !rest.empty())) || (fraction && rest.empty())) return std::nullopt;
  if (!std::all_of(plain.begin(), plain.end(), is_digit) || !std::all_of(rest.begin(), rest.end(), is_digit))
    return std::nullopt;
  if (fraction) plain.append(1, '.').append(rest);
  return plain;
}

std::optional<std::string> without_zeros(std::string_view form) {
  const auto is_number = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_digit);
  };
  if (form.size() == 2) {
    if (form[0] != '0' || !is_digit(form[1]) || form[1] == '0') return std::nullopt;
    return std::string(form.substr(1));
  }
  const size_t first = form.find('.'), second = form.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  std::string_view day = form.substr(0, first), month = form.substr(first + 1, second - first - 1);
  const std::string_view year = form.substr(second + 1);
  if (day.size() > 2 || month.size() > 2 || (year.size() != 2 && year.size() != 4)) return std::nullopt;
  if (!is_number(day) || !is_number(month) || !is_number(year)) return std::nullopt;
  const bool zeros = (day.size() == 2 && day[0] == '0') || (month.size() == 2 && month[0] == '0');
  if (!zeros) return std::nullopt;
  if (day.size() == 2 && day[0] == '0') day.remove_prefix(1);
  if (month.size() == 2 && month[0] == '0') month.remove_prefix(1);
  return std::string(day).append(1, '.').append(month).append(1, '.').append(year);
}

std::vector<std::string> number_beginnings(std::string_view form, bool articles) {
  std::vector<std::string> beginnings;
  if (form.empty() || form.find_first_not_of("0123456789.") != std::string_view::npos) return beginnings;
  const size_t first = form.find('.');
  if (first == std::string_view::npos) return beginnings;
  bool singles = true;  // one digit behind each dot
  for (size_t dot = first; dot != std::string_view::npos; dot = form.find('.', dot + 1)) {
    if (dot != first) beginnings.emplace_back(form.substr(0, dot));
    singles = singles && std::min(form.find('.', dot + 1), form.size()) - dot == 2;
  }
  if (articles && singles && (first == 3 || first == 4) && form.back() != '0')
    beginnings.emplace_back(form.substr(0, first));
  return beginnings;
}

std::optional<std::string> local_telephone(std::string_view form) {
  constexpr std::string_view kShapes[] = {"ddd-dd-dd", "ddd-ddd-dddd", "ddd-ddd-dd-dd", "d-ddd-ddd-dddd",
                                          "ddd.ddd.dddd"};
  std::string digits;
  const auto fits = [&](std::string_view shape) {
    return shape.size() == form.size() &&
           std::equal(shape.begin(), shape.end(), form.begin(),
                      [](char wanted, char byte) { return wanted == 'd' ? is_digit(byte) : byte == wanted; });
  };
  if (std::none_of(std::begin(kShapes), std::end(kShapes), fits)) return std::nullopt;
  std::copy_if(form.begin(), form.end(), std::back_inserter(digits), is_digit);
  return digits;
}

std::string_view power_of_length(std::string_view form) {
  struct Power {
    std::string_view form, words;
  };
  constexpr Power kPowers[] = {
      {"cm2", "square centimeter centimetre cm"},
      {"cm3", "cubic centimeter centimetre cm"},
      {"ft2", "square foot ft"},
      {"ft3", "cubic foot ft"},
      {"km2", "square kilometer kilometre km"},
      {"m2", "square meter metre m"},
      {"m3", "cubic meter metre m"},
      {"дм3", "кубический дециметр дм"},
      {"км2", "квадратный километр км"},
      {"м2", "квадратный метр м"},
      {"м3", "кубический метр м"},
      {"мм2", "квадратный миллиметр мм"},
      {"см2", "квадратный сантиметр см"},
      {"см3", "кубический сантиметр см"},
  };
  if (form.size() > 5 || (!form.ends_with('2') && !form.ends_with('3'))) return {};
  const auto* const found = std::find_if(std::begin(kPowers), std::end(kPowers),
                                         [&](const Power& one) { return one.form == form; });
  return found == std::end(kPowers) ? std::string_view() : found->words;
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
  if (form.ends_with('\'') || form.ends_with('-')) form.remove_suffix(1);
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

std::vector<std::string> pieces_of_dimensions(std::string_view form) {
  constexpr size_t kMost = 5;
  std::vector<std::string> pieces;
  std::vector<size_t> begins{0};
  for (size_t at = 0; at < form.size(); ++at) {
    if (!is_digit(form[at]) && form[at] != 'x' && form[at] != '.' && form[at] != ',') return pieces;
    if (form[at] == 'x') begins.push_back(at + 1);
  }
  const size_t count = begins.size();
  begins.push_back(form.size() + 1);
  const bool filled = std::adjacent_find(begins.begin(), begins.end(), [](size_t left, size_t right) {
                        return left + 1 == right;
                      }) == begins.end();
  if (count < 3 || count > kMost || !filled) return pieces;
  for (size_t size = count - 1; size > 1; --size) {
    for (size_t first = 0; first + size <= count; ++first)
      pieces.emplace_back(form.substr(begins[first], begins[first + size] - 1 - begins[first]));
  }
  return pieces;
}

std::optional<std::string> number_and_word(std::string_view form) {
  constexpr size_t kFewest = 4;
  if (form.empty() || !is_digit(form.front())) return std::nullopt;
  const size_t size = form.find_first_not_of("0123456789");
  if (size == std::string_view::npos) return std::nullopt;
  const std::u32string letters = decoded(form.substr(size));
  const auto is_russian = [](char32_t letter) {
    return (letter >= U'а' && letter <= U'я') || letter == U'ё';
  };
  if (letters.size() < kFewest || !std::all_of(letters.begin(), letters.end(), is_russian))
    return std::nullopt;
  return std::string(form.substr(0, size)).append(1, '-').append(form.substr(size));
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
  if (form.empty() || !is_digit(form.front())) return std::nullopt;
  const size_t size = form.find_first_not_of("0123456789");
  if (size == std::string_view::npos || !is_number_ending(form.substr(size))) return std::nullopt;
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

namespace {

std::optional<Spaced> spaced_dimensions(std::string_view raw_token) {
  Spaced whole;
  bool times = false;
  for (char32_t letter : decoded(raw_token)) {
    if (letter == U'X') letter = U'x';
    if (letter == U'Х') letter = U'х';
    const bool sign = letter == U'x' || letter == U'х' || letter == U'×';
    times = times || sign;
    whole.form += encoded(std::u32string(1, letter));
    if (letter != U' ') whole.joined += sign ? 'x' : static_cast<char>(letter);
  }
  if (!times) return std::nullopt;
  return whole;
}

}  // namespace

std::optional<Spaced> spaced(std::string_view raw_token) {
  const char first = raw_token.empty() ? '\0' : raw_token.front();
  const bool may_be_number = first == '+' || first == '(' || is_digit(first);
  if (!may_be_number && !raw_token.ends_with('.')) return std::nullopt;
  if (!scanning::is_spaced_whole(raw_token)) return std::nullopt;
  Spaced whole;
  if (is_digit(first)) {
    if (const auto size = spaced_dimensions(raw_token)) return size;
  }
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
