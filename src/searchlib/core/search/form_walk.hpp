// Walks the surface forms of a field that a pattern matches, each as its dictionary's entry: those that are
// written so, in the order of their bytes, and then those that have another spelling which is: cafe* finds café,
// f16* F-16.

#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "postings/words.hpp"
#include "search/form_matcher.hpp"
#include "search/key_walk.hpp"
#include "search/spelled_forms.hpp"

namespace searchlib {

// Calls visit(word, matcher) for the words of these kinds whose key matches, until visit returns false.
template <class Wanted, class Visit>
void walk_words(const Words& words, FormMatcher matcher, Wanted&& wanted, Visit&& visit) {
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
  walk_words(words, FormMatcher(pattern), is_form, visit);
}

// Calls visit(word, key) for each form that is written so or may be, each once, until visit returns false.
// in_parts: whether parts of a form that stand side by side count, too: max_s* in set_max_size.
template <class Visit>
void for_each_match(const Words& words, const FormPattern& pattern, bool in_parts, Visit&& visit) {
  std::vector<uint32_t> written;  // ascending
  std::vector<FormOfTerm> may_be;
  bool goes_on = true;
  walk_words(
      words, FormMatcher(pattern), [&](WordKind kind) { return pattern.folds || is_form(kind); },
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
  if (!goes_on || !pattern.folds) return;
  const auto visit_all = [&](const std::vector<SpelledForm>& found) {
    for (const SpelledForm& one : found) {
      if (!visit(std::as_const(one.word), std::string_view(one.key))) return false;
      written.push_back(one.word.index);
    }
    std::sort(written.begin(), written.end());
    return true;
  };
  if (!may_be.empty() && !visit_all(spelled_forms(words, pattern, std::move(may_be), written))) return;
  visit_all(joined_forms(words, pattern, in_parts, written));
}

}  // namespace searchlib
