// The letter ё, which Russian mostly prints as е: the one statement of how match keys and lemmas fold it. It
// knows single letters and UTF-8, both already in lower case.

#pragma once

#include <string>

namespace searchlib {

inline char32_t fold_yo(char32_t letter) { return letter == U'ё' ? U'е' : letter; }

// In place, since both letters take two bytes. No other character contains those of ё.
inline void fold_yo(std::string& utf8) {
  static constexpr char kYo[] = "ё", kYe[] = "е";
  char* const bytes = utf8.data();
  for (size_t at = 1; at < utf8.size(); ++at) {  // no find(): words are short, and ё shares its first byte
    if (bytes[at] != kYo[1] || bytes[at - 1] != kYo[0]) continue;
    bytes[at - 1] = kYe[0];
    bytes[at] = kYe[1];
  }
}

}  // namespace searchlib
