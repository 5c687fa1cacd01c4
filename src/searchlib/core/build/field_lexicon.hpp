// A field's lexicon while segments are built: its forms, each with its lemmas. It stays known for the writer's
// later segments; each segment keeps what it uses of it. Forms that only Python can analyse are handed out and
// given back resolved.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/analyzer.hpp"
#include "bytes/string_table.hpp"

namespace searchlib {

class FieldLexicon {
 public:
  // Appends the numbers of the analyses' forms; the lemmas of one are taken if it is new.
  void find_or_add(std::span<const Analysis> analyses, std::vector<uint32_t>& numbers);

  // Forms whose lemmas are still missing, and their lemmas, in the same order.
  std::vector<std::string> declined() const;
  void resolve(const std::vector<std::vector<std::string>>& lemmas);
  bool is_resolved() const { return declined_.empty(); }

  std::span<const uint32_t> lemmas_of(uint32_t form) const {
    return std::span(lemma_ids_).subspan(ranges_[form].begin, ranges_[form].count);
  }
  const StringTable& forms() const { return forms_; }
  const StringTable& lemmas() const { return lemmas_; }
  size_t memory_bytes() const;

 private:
  struct Range {
    uint32_t begin = 0;
    uint32_t count = 0;
  };

  // Of some words, looked up as one batch.
  struct Hashes {
    std::vector<uint32_t> of_forms, of_lemmas;  // of_lemmas: of one form after the other
  };

  void announce(std::span<const Analysis> analyses);
  void set_lemmas(uint32_t form, std::span<const std::string> lemmas);

  Hashes hashes_;
  StringTable forms_;
  StringTable lemmas_;
  std::vector<Range> ranges_;  // of each form in lemma_ids_
  std::vector<uint32_t> lemma_ids_;
  std::vector<uint32_t> declined_;
};

}  // namespace searchlib
