// Walks the surface forms of a field that a pattern matches, each as its dictionary's entry: those that are
// written so, in the order of their bytes, and then those that have another spelling which is: cafe* finds café.

#pragma once

#include <optional>
#include <vector>

#include "postings/words.hpp"
#include "search/form_matcher.hpp"
#include "search/key_walk.hpp"
#include "search/spelled_forms.hpp"

namespace searchlib {

// Calls visit(word, matcher) for the words of these kinds whose key matches, until visit returns false.
template <class Wanted, class Visit>
void walk_words(const Words& words, const FormPattern& pattern, Wanted&& wanted, Visit&& visit) {
  FormMatcher matcher(pattern);
  std::optional<WordReader> reader;
  uint32_t block = UINT32_MAX;
  WordEntry word;
  walk_keys(words.keys(), 0, "", matcher, [&](uint32_t index) {
    if (block != index / kDictionaryBlock) {
      block = index / kDictionaryBlock;
      reader.emplace(words.read(block));
    }
    if (!wanted(reader->kind(index % kDictionaryBlock))) return true;
    do reader->next(word);
    while (word.index != index);
    return static_cast<bool>(visit(std::as_const(word), std::as_const(matcher)));
  });
}

// Calls visit(word, matcher) for each form that is written so, whose key and number of edits the matcher has;
// until visit returns false.
template <class Visit>
void for_each_form(const Words& words, const FormPattern& pattern, Visit&& visit) {
  walk_words(words, pattern, is_form, visit);
}

// Calls visit(word, key) for each form that is written so or may be, each once, until visit returns false.
template <class Visit>
void for_each_match(const Words& words, const FormPattern& pattern, Visit&& visit) {
  std::vector<uint32_t> written;  // ascending
  std::vector<FormOfTerm> may_be;
  bool goes_on = true;
  walk_words(
      words, pattern, [&](WordKind kind) { return pattern.folds || is_form(kind); },
      [&](const WordEntry& word, const FormMatcher& matcher) {
        if (pattern.folds && word.kind != WordKind::kPlain && is_term(word.kind)) {
          for (const uint32_t form : word.forms) {
            if (form != word.index) may_be.push_back({form, word.index});
          }
        }
        if (!is_form(word.kind)) return true;
        written.push_back(word.index);
        return goes_on = static_cast<bool>(visit(word, matcher.key()));
      });
  if (!goes_on || may_be.empty()) return;
  for (const SpelledForm& found : spelled_forms(words, pattern, std::move(may_be), written)) {
    if (!visit(std::as_const(found.word), std::string_view(found.key))) return;
  }
}

}  // namespace searchlib
