// Words that WordNet does not have: what they may be forms of, by regular inflection alone. In: a word of
// small letters. Out: its lemmas, the most probable first, the word itself among them. A new verb is cut as
// English spells its forms: tokenized is tokenize, refactored is refactor, plugged is plug; where spelling
// leaves two ways (vaped, revisited), both are given unless a known verb at the word's end decides.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "english_table.hpp"

namespace searchlib::english {

// At most eight; names and foreign words that only look inflected (Vilnius, Beijing) keep themselves too.
std::vector<std::string> lemmas_of_unknown(const Table& table, std::string_view word);

}  // namespace searchlib::english
