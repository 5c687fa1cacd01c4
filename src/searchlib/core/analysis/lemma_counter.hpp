// Counts the first lemmas of texts: which words some documents have in common, and how often. Tokens that were
// analysed once are remembered, for frequent words are in every text, and so are the counts of documents that
// were read, by whatever numbers the caller gives them; what is remembered has a bound. Nothing is known of indexes.
// Not thread-safe.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/analyzer.hpp"

namespace searchlib {

struct CountedLemma {
  std::string_view lemma;  // until the counter reads again
  uint64_t places;         // tokens with that first lemma, in all of the documents
};

class LemmaCounter {
 public:
  // The first lemma of a form that the analyzer declined.
  using Resolve = std::function<std::string(const std::string& form)>;

  explicit LemmaCounter(std::shared_ptr<const Analyzer> analyzer) : analyzer_(std::move(analyzer)) {}

  bool knows(uint64_t document) const { return documents_.count(document) > 0; }
  // Forgets all if too much is remembered; the documents that common() will be asked for are read after that.
  void make_room();
  // Counts the texts of a document. Several tokens of one place (an abbreviation and what it stands for) count
  // once, by the first.
  void read(uint64_t document, const std::vector<std::string_view>& texts, const Resolve& resolve);
  // The first lemmas that `least` of the documents have, which were read: those with the most places first.
  std::vector<CountedLemma> common(const std::vector<uint64_t>& documents, uint32_t least);

 private:
  using Counts = std::vector<std::pair<uint32_t, uint32_t>>;  // number of a lemma, places; ascending
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
  std::unordered_map<uint64_t, Counts> documents_;
  size_t num_counts_ = 0;
  struct Sum {
    uint64_t places = 0;
    uint32_t documents = 0;
  };
  std::vector<Sum> sums_;      // by number; all zero but while common() adds up
  std::vector<uint32_t> met_;  // numbers of those that it met
  Analysis analysis_;
};

}  // namespace searchlib
