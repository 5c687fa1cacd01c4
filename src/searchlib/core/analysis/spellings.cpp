#include "analysis/spellings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "analysis/spelling_letters.hpp"

namespace searchlib::spellings {
namespace {

// Letters whose mark is no separate character, and ligatures that are two letters.
struct Spelt {
  char32_t letter;
  std::u32string_view plain;
};
constexpr std::array<Spelt, 10> kMarked = {{{U'æ', U"ae"},
                                            {U'ð', U"d"},
                                            {U'ø', U"o"},
                                            {U'þ', U"th"},
                                            {U'đ', U"d"},
                                            {U'ħ', U"h"},
                                            {U'ı', U"i"},
                                            {U'ł', U"l"},
                                            {U'œ', U"oe"},
                                            {U'ŋ', U"n"}}};

// Adds the plain letters of one; false if it has none.
bool add_plain(char32_t letter, std::u32string& out) {
  if (letter < 0x80) {
    out += letter;
    return true;
  }
  for (const Spelt& marked : kMarked) {
    if (marked.letter != letter) continue;
    out += marked.plain;
    return true;
  }
  const auto parts = unicode::decomposition(letter);
  if (parts.empty()) return unicode::combining_class(letter) != 0;
  return std::all_of(parts.begin(), parts.end(),
                     [&](uint32_t part) { return add_plain(static_cast<char32_t>(part), out); });
}

}  // namespace

std::optional<std::string> without_dots(std::string_view form) {
  constexpr size_t kMaxBytes = 8;  // of two letters
  for (size_t begin = 0, dot = form.find('.');; begin = dot + 1, dot = form.find('.', begin)) {
    if (dot == std::string_view::npos && begin == 0) return std::nullopt;
    if (std::min(dot, form.size()) - begin > kMaxBytes) return std::nullopt;
    if (dot == std::string_view::npos) break;
  }
  std::u32string joined;
  size_t run = 0;
  bool has_single = false, all_latin = true;
  const std::u32string word = decoded(form);
  for (size_t at = 0; at <= word.size(); ++at) {
    if (at == word.size() || word[at] == U'.') {
      has_single = has_single || run == 1;
      run = 0;
      continue;
    }
    if (unicode::properties(word[at]).word_class() != unicode::Class::kLetter || ++run > 2)
      return std::nullopt;
    all_latin = all_latin && is_latin(word[at]);
    joined += word[at];
  }
  if (!has_single || joined.size() < (all_latin ? 2u : 3u)) return std::nullopt;
  return encoded(joined);
}

std::optional<std::string> without_signs(std::string_view form) {
  if (form == ".net") return std::string(form.substr(1));
  const size_t size = form.find_last_not_of("+#") + 1;
  const auto is_letter = [](char byte) { return byte >= 'a' && byte <= 'z'; };
  if (size == form.size() || size == 0) return std::nullopt;
  if (!std::all_of(form.begin(), form.begin() + static_cast<std::ptrdiff_t>(size), is_letter))
    return std::nullopt;
  return std::string(form.substr(0, size));
}

std::optional<std::string> without_footnote(std::string_view form) {
  constexpr size_t kMinLetters = 4, kMaxDigits = 2;
  const size_t end = form.find_last_not_of("0123456789") + 1;
  if (end == form.size() || form.size() - end > kMaxDigits) return std::nullopt;
  const std::u32string letters = decoded(form.substr(0, end));
  if (letters.size() < kMinLetters) return std::nullopt;
  const auto all = [&](unicode::Script script) {
    return std::all_of(letters.begin(), letters.end(),
                       [&](char32_t letter) { return unicode::properties(letter).script() == script; });
  };
  if (!all(unicode::Script::kLatin) && !all(unicode::Script::kCyrillic)) return std::nullopt;
  return std::string(form.substr(0, end));
}

std::optional<Undivided> undivided(std::string_view form) {
  constexpr std::string_view kMark = "\xC2\xAC";
  size_t mark = form.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  Undivided word;
  bool hyphen = false;
  size_t begin = 0;
  for (; mark != std::string_view::npos; mark = form.find(kMark, begin)) {
    const bool has_hyphen = mark > begin && form[mark - 1] == '-';
    hyphen = hyphen || has_hyphen;
    word.joined.append(form.substr(begin, mark - begin - has_hyphen));
    word.hyphenated.append(form.substr(begin, mark - begin));
    begin = mark + kMark.size();
  }
  word.joined.append(form.substr(begin));
  word.hyphenated.append(form.substr(begin));
  if (!hyphen) word.hyphenated.clear();
  return word;
}

std::optional<std::string> without_marks(std::string_view form) {
  const auto is_ascii = [](char byte) { return static_cast<uint8_t>(byte) < 0x80; };
  if (std::all_of(form.begin(), form.end(), is_ascii)) return std::nullopt;
  std::u32string plain;
  for (const char32_t letter : decoded(form)) {
    if (!add_plain(letter, plain)) return std::nullopt;
  }
  return encoded(plain);
}

std::optional<std::string> latin_beginning(std::string_view form) {
  const size_t cyrillic = form.find_first_of("\xD0\xD1");
  if (cyrillic == std::string_view::npos || cyrillic == 0 || form[cyrillic - 1] != '-') return std::nullopt;
  const std::string_view first = form.substr(0, cyrillic - 1), rest = form.substr(cyrillic);
  const auto is_plain = [](char byte) { return (byte >= 'a' && byte <= 'z') || byte == '-'; };
  const auto is_other = [](char byte) { return static_cast<uint8_t>(byte) >= 0x80 || byte == '-'; };
  if (first.find('-') == std::string_view::npos || !std::all_of(first.begin(), first.end(), is_plain) ||
      !std::all_of(rest.begin(), rest.end(), is_other))
    return std::nullopt;
  return std::string(first);
}

std::optional<Joined> without_hyphens(std::string_view form) {
  constexpr size_t kShort = 3;
  if (form.find('-') == std::string_view::npos) return std::nullopt;
  Joined joined{{}, true};
  size_t part = 0;
  for (const char byte : form) {
    if (is_digit(byte)) return std::nullopt;  // 2010-2012
    part = byte == '-' ? 0 : part + 1;
    joined.certain = joined.certain && static_cast<uint8_t>(byte) < 0x80 && part <= kShort;
    if (byte != '-') joined.form += byte;
  }
  return joined;
}

std::optional<std::string> without_apostrophes(std::string_view form) {
  const size_t at = form.find('\'');
  if (at == std::string_view::npos || at == 0 || at + 1 == form.size()) return std::nullopt;
  std::string bare(form);
  std::erase(bare, '\'');
  return bare;
}

std::optional<std::string> joined_name(std::string_view form) {
  constexpr size_t kFewestBytes = 6;  // three letters
  for (const std::string_view before : {"о'", "д'", "л'"}) {
    if (!form.starts_with(before)) continue;
    const std::string_view name = form.substr(before.size());
    const bool are_letters =
        std::all_of(name.begin(), name.end(), [](char byte) { return (byte & 0x80) != 0; });
    if (name.size() < kFewestBytes || !are_letters) return std::nullopt;
    return std::string(before.substr(0, before.size() - 1)).append(name);
  }
  return std::nullopt;
}

std::optional<std::string> with_hard_sign(std::string_view form) {
  const size_t at = form.find('\'');
  if (at == std::string_view::npos || at == 0 || at + 1 == form.size()) return std::nullopt;
  return std::string(form.substr(0, at)).append("ъ").append(form.substr(at + 1));
}

std::optional<std::string> roman_numeral(std::string_view form) {
  if (!form.starts_with("х") && !form.starts_with("і")) return std::nullopt;
  std::string latin;
  for (const char32_t letter : decoded(form)) {
    if (letter != U'х' && letter != U'і') return std::nullopt;
    latin += letter == U'х' ? 'x' : 'i';
  }
  if (latin.size() < 2) return std::nullopt;
  return latin;
}

std::optional<std::string_view> acronym_of_plural(std::string_view raw_token) {
  constexpr size_t kFewest = 2, kMost = 8;
  if (raw_token.size() < kFewest + 1 || raw_token.size() > kMost + 1 || raw_token.back() != 's')
    return std::nullopt;
  const std::string_view acronym = raw_token.substr(0, raw_token.size() - 1);
  const auto is_capital = [](char byte) { return byte >= 'A' && byte <= 'Z'; };
  if (!std::all_of(acronym.begin(), acronym.end(), is_capital)) return std::nullopt;
  return acronym;
}

bool is_little_word(std::string_view form) {
  constexpr std::string_view kWords[] = {
      "am",  "an",  "are", "did", "had", "has", "her", "him", "his", "is",  "its", "me",   "us",
      "was", "вам", "вас", "ее",  "ей",  "ем",  "ему", "ею",  "её",  "им",  "ими", "их",   "мне",
      "нам", "нас", "ней", "нем", "ним", "них", "нём", "тем", "тех", "той", "том", "тому", "ту"};
  return std::find(std::begin(kWords), std::end(kWords), form) != std::end(kWords);
}

}  // namespace searchlib::spellings
