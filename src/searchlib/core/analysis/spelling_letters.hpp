// Forms as letters and back, for the files of spellings.hpp.

#pragma once

#include <string>
#include <string_view>

#include "text/normalise.hpp"
#include "text/unicode.hpp"

namespace searchlib::spellings {

inline bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
inline bool is_latin(char32_t letter) {
  return unicode::properties(letter).script() == unicode::Script::kLatin;
}

inline std::u32string decoded(std::string_view form) {
  std::u32string word;
  decode(form, word);
  return word;
}

inline std::string encoded(std::u32string_view word) {
  std::string form;
  encode(word, form);
  return form;
}

}  // namespace searchlib::spellings
