// Other ways to write the names of models and versions: letters with a number, and with dots.

#include <algorithm>

#include "analysis/spelling_letters.hpp"
#include "analysis/spellings.hpp"

namespace searchlib::spellings {

std::optional<std::string_view> number_of_version(std::string_view form) {
  if (!form.starts_with('v')) return std::nullopt;
  form.remove_prefix(form.starts_with("ver") ? 3 : 1);
  if (form.empty() || !is_digit(form.front()) || !is_digit(form.back())) return std::nullopt;
  if (form.find('.') == std::string_view::npos) return std::nullopt;
  if (form.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  return form;
}

std::optional<std::string> plain_model(std::string_view form) {
  const size_t digits = form.find_first_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
  const size_t behind = form.find_first_not_of("0123456789", digits);
  if (behind == std::string_view::npos) return std::nullopt;
  const bool hyphen = form[digits - 1] == '-';
  const std::u32string letters = decoded(form.substr(0, digits - hyphen));
  const std::u32string mark = decoded(form.substr(behind));
  const auto is_letter = [](char32_t next) {
    return unicode::properties(next).word_class() == unicode::Class::kLetter;
  };
  if (letters.empty() || !std::all_of(letters.begin(), letters.end(), is_letter)) return std::nullopt;
  if (!hyphen && behind - digits < 2) return std::nullopt;
  const auto number = std::find_if_not(mark.begin(), mark.end(), is_letter);  // Т-72Б3
  const auto num_letters = static_cast<size_t>(number - mark.begin());
  const size_t most_letters = hyphen ? 4 : 2, most_digits = hyphen ? 2 : 1;
  if (num_letters == 0 || num_letters > most_letters || mark.size() - num_letters > most_digits)
    return std::nullopt;
  if (!std::all_of(number, mark.end(), [](char32_t next) { return next >= U'0' && next <= U'9'; }))
    return std::nullopt;
  return std::string(form.substr(0, digits - hyphen)).append(form, digits, behind - digits);
}

std::optional<std::string> without_name_dot(std::string_view form) {
  const bool named = form.ends_with(".js") || form.ends_with(".net");
  const size_t dot = form.find('.');
  if (!named || dot < 2 || dot != form.rfind('.')) return std::nullopt;
  const auto is_plain = [](char byte) {
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || byte == '.';
  };
  if (!std::all_of(form.begin(), form.end(), is_plain)) return std::nullopt;
  return std::string(form.substr(0, dot)).append(form.substr(dot + 1));
}

std::optional<std::string> joined_code(std::string_view form) {
  const size_t hyphen = form.find('-');
  if (hyphen == 0 || hyphen == std::string_view::npos || hyphen + 1 == form.size()) return std::nullopt;
  const std::string_view letters = form.substr(0, hyphen), rest = form.substr(hyphen + 1);
  if (rest.find('-') != std::string_view::npos) return std::nullopt;
  if (std::all_of(letters.begin(), letters.end(), is_digit)) {
    constexpr size_t kMostDigits = 3, kMostLetters = 2;
    const std::u32string behind = decoded(rest);
    const auto is_latin = [](char32_t letter) { return letter >= U'a' && letter <= U'z'; };
    const bool latin =
        behind.size() <= kMostLetters && std::all_of(behind.begin(), behind.end(), is_latin) && rest != "s";
    constexpr std::u32string_view kEndings = U"еийхмюя";  // 5-й is hyphenated_number's
    const bool russian = behind.size() == 1 && behind[0] >= U'а' && behind[0] <= U'я' &&
                         kEndings.find(behind[0]) == std::u32string_view::npos;
    if (letters.size() > kMostDigits || (!latin && !russian)) return std::nullopt;
  } else if (!is_digit(rest.front()) || std::any_of(letters.begin(), letters.end(), is_digit)) {
    return std::nullopt;
  }
  return std::string(letters).append(rest);
}

std::optional<std::string> code_of_plural(std::string_view form) {
  if (form.size() < 3 || !form.ends_with('s') || !is_digit(form[form.size() - 2])) return std::nullopt;
  const size_t hyphen = form.find('-');
  const size_t digits = form.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits == 0) return std::nullopt;
  if (hyphen != std::string_view::npos && hyphen + 1 != digits) return std::nullopt;
  const std::string_view number = form.substr(digits, form.size() - digits - 1);
  const std::string_view letters = form.substr(0, std::min(hyphen, digits));
  const auto is_latin = [](char letter) { return letter >= 'a' && letter <= 'z'; };
  if (number.empty() || !std::all_of(number.begin(), number.end(), is_digit)) return std::nullopt;
  if (letters.empty() || !std::all_of(letters.begin(), letters.end(), is_latin)) return std::nullopt;
  if (hyphen == std::string_view::npos && number.size() < 2) return std::nullopt;  // H2S
  return std::string(letters).append(number);
}

}  // namespace searchlib::spellings
