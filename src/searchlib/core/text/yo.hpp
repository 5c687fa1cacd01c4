// The letter ё, which Russian mostly prints as е: the one statement of how match keys and lemmas fold it. It
// knows single letters and UTF-8, both already in lower case.

#pragma once

#include <string>

namespace searchlib {

inline char32_t fold_yo(char32_t letter) { return letter == U'ё' ? U'е' : letter; }

// In place, since both letters take two bytes. No other character contains those of ё.
inline void fold_yo(std::string& utf8) {
  static constexpr char kYo[] = "ё", kYe[] = "е";
  for (size_t at = utf8.find(kYo); at != std::string::npos; at = utf8.find(kYo, at + 2)) {
    utf8[at] = kYe[0];
    utf8[at + 1] = kYe[1];
  }
}

}  // namespace searchlib
