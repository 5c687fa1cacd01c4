// Which forms are another way to write a word, though no dictionary says it: the terms of an index tell, for a
// form stands under its other spellings as well. It asks whether a term of a form is such a spelling (café,
// cafe) or the form's lemma (людей, человек).

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "postings/words.hpp"
#include "search/form_matcher.hpp"

namespace searchlib {

// A form, and one of the terms that it stands under, by their numbers.
struct FormOfTerm {
  uint32_t form;
  uint32_t term;
  auto operator<=>(const FormOfTerm&) const = default;
};

struct SpelledForm {
  WordEntry word;
  std::string key;
};

// Of these forms, of which a term matches the pattern, each once and in order, those of which another spelling
// does. known: forms, ascending, of which nobody asks.
std::vector<SpelledForm> spelled_forms(const Words& words, const FormPattern& pattern,
                                       std::vector<FormOfTerm> forms, const std::vector<uint32_t>& known);

// Those of all forms, but the known ones, that the pattern means if joiners are passed over (f16* means F-16,
// emails* e-mails, 1,000* «1 000 000»), as another of their spellings says, too; and, for a pattern with a joiner and
// a letter, if in_parts, those of whose parts some side by side match (max_s* and set_max_size). In order. A
// pattern that begins with a wildcard passes over none.
std::vector<SpelledForm> joined_forms(const Words& words, const FormPattern& pattern, bool in_parts,
                                      const std::vector<uint32_t>& known);

}  // namespace searchlib
