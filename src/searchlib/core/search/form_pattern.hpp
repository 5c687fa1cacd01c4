// A pattern over surface forms: prefix, wildcard, or a number of edits. It is compared with match keys
// (capitals lowered, ё → е), by automata whose states are bounded: no pattern takes more than pattern × form
// steps.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

class FormPattern {
 public:
  enum class Kind { kPrefix, kWildcard, kFuzzy };

  // text: for kWildcard, `*` is any run, `?` one character, `\` makes the next one literal. distance: for
  // kFuzzy, the number of insertions, deletions, substitutions and swaps of neighbours (optimal string
  // alignment), 1 or 2.
  FormPattern(Kind kind, std::string_view text, unsigned distance);

  bool matches(std::string_view match_key) const;

 private:
  bool matches_wildcard(const std::u32string& key) const;
  bool matches_fuzzy(const std::u32string& key) const;

  static constexpr char32_t kAnyRun = 0x110000;  // beyond Unicode
  static constexpr char32_t kAnyOne = 0x110001;

  Kind kind_;
  std::string prefix_;      // folded
  std::u32string pattern_;  // folded
  unsigned distance_;
};

}  // namespace searchlib
