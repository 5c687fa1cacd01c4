// Walks the surface forms of a field that a pattern matches, in the order of their bytes, each as its
// dictionary's entry.

#pragma once

#include <optional>

#include "postings/words.hpp"
#include "search/form_matcher.hpp"
#include "search/key_walk.hpp"

namespace searchlib {

// Calls visit(word, matcher) for each, whose key and number of edits the matcher has;
// until visit returns false.
template <class Visit>
void for_each_form(const Words& words, const FormPattern& pattern, Visit&& visit) {
  FormMatcher matcher(pattern);
  std::optional<WordReader> reader;
  uint32_t block = UINT32_MAX;
  WordEntry word;
  walk_keys(words.keys(), 0, "", matcher, [&](uint32_t index) {
    if (block != index / kDictionaryBlock) {
      block = index / kDictionaryBlock;
      reader.emplace(words.read(block));
    }
    if (!is_form(reader->kind(index % kDictionaryBlock))) return true;
    do reader->next(word);
    while (word.index != index);
    return static_cast<bool>(visit(std::as_const(word), std::as_const(matcher)));
  });
}

}  // namespace searchlib
