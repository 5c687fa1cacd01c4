// Counts the first lemmas of texts: which words some documents have in common, and how often. A token that
// was analysed once is remembered, for frequent words are in every text; what is remembered has a bound.
// Nothing is known of indexes. Not thread-safe.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/analyzer.hpp"

namespace searchlib {

struct CountedLemma {
  std::string_view lemma;  // until the counter counts again
  uint64_t places;         // tokens with that first lemma, in all documents
  uint32_t documents;
};

class LemmaCounter {
 public:
  // The first lemma of a form that the analyzer declined.
  using Resolve = std::function<std::string(const std::string& form)>;

  explicit LemmaCounter(std::shared_ptr<const Analyzer> analyzer) : analyzer_(std::move(analyzer)) {}

  // The first lemmas that `least` of the documents have, each of which is its texts. Several tokens of one
  // place (an abbreviation and what it stands for) count once, by the first.
  std::vector<CountedLemma> common(const std::vector<std::vector<std::string_view>>& documents,
                                   uint32_t least, const Resolve& resolve);

 private:
  struct Count {
    uint64_t places = 0;
    uint32_t documents = 0;
    uint32_t last = 0;  // the document that was counted last, from 1
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Numbers = std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>>;

  uint32_t lemma_of(std::string_view raw_token, const Resolve& resolve);

  std::shared_ptr<const Analyzer> analyzer_;
  Numbers lemma_of_token_;
  Numbers number_of_lemma_;
  std::vector<const std::string*> lemmas_;  // by number: the keys of number_of_lemma_
  Analysis analysis_;
};

}  // namespace searchlib
