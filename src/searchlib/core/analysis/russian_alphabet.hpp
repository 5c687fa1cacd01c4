// The letters that Russian analysis accepts: lower-case U+0400–04FF, a–z, 0–9 and the hyphen, in UTF-8. All
// of them take one byte or two, which is what the character arithmetic here rests on. It knows no word.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace searchlib::russian {

inline bool continues(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

// True for a Cyrillic code point that lower-casing leaves alone (U+0400–04FF only).
constexpr bool is_lower_cyrillic(uint32_t code) {
  if (code < 0x430) return false;                   // Ѐ–Я
  if (code < 0x460) return true;                    // а–џ
  if (code >= 0x482 && code <= 0x489) return true;  // signs without case
  if (code >= 0x4C0 && code <= 0x4CF) return code != 0x4C0 && (code % 2 == 0 || code == 0x4CF);
  return code % 2 == 1;
}

struct Letters {
  bool accepted = false;  // the word is not empty and all its letters are in the alphabet
  bool latin = false;
  bool cyrillic = false;  // a letter; the signs U+0482–0489 are none
  bool digit = false;
  bool hyphen = false;
};

inline Letters letters_of(std::string_view word) {
  Letters found;
  for (size_t at = 0; at < word.size(); ++at) {
    const auto byte = static_cast<uint8_t>(word[at]);
    if (byte >= 0xD0 && byte <= 0xD3) {
      if (++at == word.size() || !continues(word[at])) return {};
      const uint32_t code = (uint32_t{byte} & 0x1F) << 6 | (static_cast<uint8_t>(word[at]) & 0x3F);
      if (!is_lower_cyrillic(code)) return {};
      found.cyrillic |= code < 0x482 || code > 0x489;
    } else if (byte >= 'a' && byte <= 'z') {
      found.latin = true;
    } else if (byte >= '0' && byte <= '9') {
      found.digit = true;
    } else if (byte == '-') {
      found.hyphen = true;
    } else {
      return {};
    }
  }
  found.accepted = !word.empty();
  return found;
}

inline size_t num_letters(std::string_view word) {
  size_t count = 0;
  for (const char byte : word) count += !continues(byte);
  return count;
}

// The byte where the first `letters` letters end; the word's size if it has no more.
inline size_t end_of_first(std::string_view word, size_t letters) {
  size_t at = 0;
  while (letters > 0 && at < word.size()) {
    ++at;
    while (at < word.size() && continues(word[at])) ++at;
    --letters;
  }
  return at;
}

// The byte where the last `letters` letters begin; 0 if the word has no more.
inline size_t begin_of_last(std::string_view word, size_t letters) {
  size_t at = word.size();
  while (letters > 0 && at > 0) {
    --at;
    while (at > 0 && continues(word[at])) --at;
    --letters;
  }
  return at;
}

// A number, Latin letters or punctuation: what pymorphy3 tags by shape, and leaves as it is.
inline bool has_foreign_shape(std::string_view word) {
  const Letters letters = letters_of(word);
  if (letters.cyrillic) return false;
  if (letters.latin) return true;
  if (!letters.digit) return letters.hyphen && word.find_first_not_of('-') == std::string_view::npos;
  return word.find_first_not_of("0123456789", word[0] == '-') == std::string_view::npos;
}

}  // namespace searchlib::russian
