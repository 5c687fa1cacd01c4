// A pattern over surface forms: prefix, wildcard, or a number of edits, as letters of match keys (capitals
// lowered, ё → е), or, for values in which case counts, as they are. Plain data: form_automaton.hpp compares
// it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

struct FormPattern {
  enum class Kind { kPrefix, kWildcard, kFuzzy };

  // text: for kWildcard, `*` is any run, `?` one character, `\` makes the next one literal. distance: for
  // kFuzzy, the number of insertions, deletions, substitutions and swaps of neighbours (optimal string
  // alignment: no letter is edited twice), 1 or 2. match_keys: whether forms are compared by their match keys.
  FormPattern(Kind kind, std::string_view text, unsigned distance, bool match_keys = true);
  // The forms at most so many edits from a word.
  FormPattern(std::u32string letters, unsigned edits);
  // The forms whose beginning is at most so many edits from letters of which the last one is as it was meant.
  static FormPattern near_beginning(std::u32string letters, unsigned edits);

  static constexpr char32_t kAnyOne = 0x110000;  // beyond Unicode

  std::u32string letters;  // kAnyOne: any letter
  std::vector<bool> runs;  // before which of the letters any number of others may stand; last: behind them
  unsigned edits = 0;
  bool last_is_sure = false;  // no edit may leave out the last letter, or replace it
  bool folds = true;          // whether the letters are those of match keys

 private:
  void add_letters(std::string_view literal);
  void add_wildcard(std::string_view text);
};

}  // namespace searchlib
