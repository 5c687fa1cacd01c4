// English word → its lemmas, the most probable first, from a compiled WordNet table. The rules are WordNet's
// own (morphy), made stricter where they invent lemmas; the order is that of SemCor's counts.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "english_table.hpp"

namespace searchlib {

// Immutable; const methods may be called from several threads at once.
class EnglishMorphology {
 public:
  // Raise it with every change of rules or closed classes: indexes made under other rules must be recognised.
  static constexpr uint32_t kRulesVersion = 4;

  // `owner` keeps the table's bytes alive. Throws CorruptIndexError.
  EnglishMorphology(std::span<const uint8_t> table, std::shared_ptr<const void> owner);

  // word: lower-cased UTF-8 with U+0027 as its apostrophe. Replaces `out` by the distinct lemmas. A
  // contraction gives the lemmas of its words: don't → do, not. A British word is also the American one:
  // colours → colour, color. Always true: an unknown word is its own lemma, beside those that it may be
  // a regular form of.
  bool lemmas(std::string_view word, std::vector<std::string>& out) const;

  // Whether WordNet has the word, or a form of it.
  bool known(std::string_view word) const;

  // Brings what lemmas() of these words reads into the cache.
  void fetch(std::span<const std::string_view> words) const { table_.fetch(words); }

  // Adds what the word may be with a hyphen inside, as lemmas: policymakers → policy-maker, ecommerce → e-commerce.
  void add_compounds(std::string_view word, std::vector<std::string>& out) const;

  uint64_t table_checksum() const { return table_.checksum(); }

 private:
  void add_lemmas(std::string_view word, std::vector<std::string>& out) const;
  bool add_contraction(std::string_view word, std::vector<std::string>& out) const;
  bool add_from_wordnet(std::string_view word, std::vector<std::string>& out) const;
  void add_hyphenated(std::string_view word, std::vector<std::string>& out) const;
  void add_spellings(std::vector<std::string>& out) const;

  std::shared_ptr<const void> owner_;
  english::Table table_;
};

}  // namespace searchlib
