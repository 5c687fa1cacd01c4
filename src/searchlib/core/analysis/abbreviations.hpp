// English abbreviations, as people write them in running text: months, days, units, titles, and what chats
// leave of words. Takes a folded form that was not all capitals, since HR is no hour and SEC no second, and
// returns the words that it stands for.

#pragma once

#include <span>
#include <string_view>

namespace searchlib {

struct Abbreviation {
  std::string_view word;
  std::string_view lemmas;  // separated by spaces
  bool leads;               // they come before the word itself: nobody says "Sept"
};

std::span<const Abbreviation> english_abbreviations();

// Null for any other word.
const Abbreviation* english_abbreviation(std::string_view word);

}  // namespace searchlib
