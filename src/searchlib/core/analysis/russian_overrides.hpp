// The closed-class words whose lemmas in OpenCorpora are not those that readers, dictionaries and treebanks
// use. In: a lower-cased word. Out: its lemmas, or nothing. A layer of its own, so that
// RussianMorphology::raw_lemmas stays equal to pymorphy3. Raise kRussianRules with every change here or in
// the rules: indexes remember it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace searchlib::russian {

inline constexpr int kRussianRules = 4;

// Those of the table that are abbreviations: the first of their lemmas goes on where they end.
std::vector<std::string_view> abbreviations();

// Replaces `out` by the word's lemmas if it is in the table, or a number with an ordinal's ending («28-го» is
// «28-й», as «двадцать восьмого» is «двадцать восьмой»); else false, and `out` stays.
bool override_lemmas(std::string_view word, std::vector<std::string>& out);

}  // namespace searchlib::russian
