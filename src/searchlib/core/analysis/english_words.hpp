// The closed classes of English: pronouns, determiners, auxiliaries, the clitics of contractions
// and plurals without a singular. Facts about some 150 words, in tables; it knows neither
// WordNet nor rules.

#pragma once

#include <span>
#include <string_view>

namespace searchlib::english {

// The lemmas of a closed-class word, separated by spaces, the most probable first; empty for any other word.
std::string_view closed_class(std::string_view word);

// The word that n't stands after, as a lemma: do for does(n't), can for ca(n't); empty
// where n't cannot stand.
std::string_view negated_auxiliary(std::string_view word);

// Words after which 's is a verb ("what's", "everybody's ready"), not a possessive ("the dog's").
bool takes_verbal_s(std::string_view word);

// First parts of hyphenated verbs: re-elected is re-elect, while state-owned remains an adjective.
bool is_verbal_prefix(std::string_view word);

struct ClosedClassWord {
  std::string_view word, lemmas;
};

// Every entry of closed_class, in order, for tests and the curious.
std::span<const ClosedClassWord> closed_class_words();

}  // namespace searchlib::english
