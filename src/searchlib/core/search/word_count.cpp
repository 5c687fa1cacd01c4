#include "search/word_count.hpp"

#include "postings/joint_walk.hpp"
#include "search/deadline.hpp"

namespace searchlib {

WordCount count_words(const Snapshot& snapshot, size_t field) {
  const std::vector<const Words*> dictionaries = snapshot.dictionaries(field);
  if (dictionaries.size() == 1) return {dictionaries[0]->num_terms(), dictionaries[0]->num_forms()};
  JointWalk walk(dictionaries);
  WordCount count;
  bool is_a_term = false, is_a_form = false;
  const auto see = [&](size_t, const WordEntry& word) {
    is_a_term = is_a_term || is_term(word.kind);
    is_a_form = is_a_form || is_form(word.kind);
  };
  while (walk.next(see)) {
    Deadline::current().tick();
    count.terms += is_a_term;
    count.forms += is_a_form;
    is_a_term = is_a_form = false;
  }
  return count;
}

}  // namespace searchlib
