// Further lemmas for words that no dictionary has: names, new loanwords, words of other languages. In: a
// word, whether the dictionary has it, and its lemmas. Out: the word itself, the nominatives that its ending
// allows, and what the dictionary says of those. It reads only endings, and knows no names.
//
// The rule behind it: every form of a regular paradigm leads to its nominative, or to what is left of that
// without its ending. Вовком and Вовк share «вовк»; махалле and махалля share «махалл». A nominative that
// is a form of another word (Кулаков, fists) and a form that is another word (Вовка, a boy) meet through the
// dictionary's lemmas of that word.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/russian_dictionary.hpp"

namespace searchlib::russian {

// Adds them behind the word's own lemmas, е written for ё. `known`: the dictionary has the word.
// - A known word is left as it is, but for a form in -ов, -ев, -ин, -ын of five letters and more, which may
//   be a surname and is its own lemma («городов»; not «готов», which is nothing but short for «готовый»); for
//   forms of adjectives and of places in -ово that are such a surname's too (Ореховой, Горлова); and for
//   places in -ское and -ская, whose oblique cases are those of names in -ский.
// - An unknown word is its own lemma. If it is of Russian letters alone it has at most a dozen others.
void add_hypotheses(const Dictionary& dictionary, std::string_view word, bool known,
                    std::vector<std::string>& lemmas);

}  // namespace searchlib::russian
