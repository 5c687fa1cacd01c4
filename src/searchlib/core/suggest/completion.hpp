// Completes prefixes of surface forms: tells under which spellings a dictionary may hold a match key, and which
// of its forms are the most frequent that begin so. It knows one dictionary, and no snapshot.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postings/words.hpp"

namespace searchlib {

// The forms (or prefixes of forms) that have this match key: itself; with one е as ё, for no usual word has
// two (еж → ёж); in capitals, if it can be an acronym (сша → США). What is
// longer than any word has no spelling but itself.
std::vector<std::string> spellings_of(std::string_view key);

// The most frequent forms of one dictionary that begin with a prefix, in no order, and their df.
struct Nominees {
  std::vector<std::pair<std::string, uint32_t>> forms;
  uint32_t least = 0;       // what a form that is not among them has at most; 0: there is none
  uint32_t num_blocks = 0;  // of the dictionary, with words that begin so
};

Nominees nominate(const Words& words, std::string_view prefix, size_t count);

}  // namespace searchlib
