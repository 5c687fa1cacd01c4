// Prefixes of surface forms. A match key comes in; the spellings under which the dictionary of forms may hold
// it, and the most frequent forms of one dictionary, go out. It knows no snapshot.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "postings/words.hpp"

namespace searchlib {

// The forms (or prefixes of forms) that have this match key: itself; with one е as ё, for no usual word has
// two (еж → ёж); in capitals, if it can be an acronym (сша → США).
std::vector<std::string> spellings_of(std::string_view key);

// Appends the `count` most frequent forms that begin with a prefix.
void nominate(const Words& words, std::string_view prefix, size_t count, std::vector<std::string>& out);

}  // namespace searchlib
