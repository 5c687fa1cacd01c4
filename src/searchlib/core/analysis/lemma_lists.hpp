// Lists of lemmas, as an analysis puts them together.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

// Makes ё е, and keeps the first of equal lemmas.
void fold_and_make_distinct(std::vector<std::string>& lemmas);

// The word itself among its lemmas: first, or last if it is not there yet.
void add_itself(std::vector<std::string>& lemmas, std::string word, bool first);

// The words of a text that single spaces divide.
void add_words(std::string_view words, std::vector<std::string>& lemmas);

}  // namespace searchlib
