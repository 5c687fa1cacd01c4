// Counts the first lemmas of texts: which words some documents have in common, and how often. Tokens that were
// analysed once are remembered, for frequent words are in every text, and so are the counts of documents that
// were read, by whatever numbers the caller gives them; what is remembered has a bound. Nothing is known of indexes.
// Not thread-safe.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/analyzer.hpp"
#include "bytes/string_table.hpp"
#include "text/beginning.hpp"

namespace searchlib {

struct CountedLemma {
  uint32_t lemma;  // its number
  uint32_t documents;
  uint64_t places;  // tokens with that first lemma, in all of the documents
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
  void read(uint64_t document, std::span<const Beginning> texts, const Resolve& resolve);
  // In place of read(), for who knows the lemmas of a document: each with its places, and then the end.
  uint32_t number_of(std::string_view lemma) { return lemmas_.find_or_add(lemma); }
  void add(uint32_t lemma, uint32_t places);  // places > 0
  void end_document(uint64_t document);
  // The first lemmas that `least` of the documents have, which were read: those with the most places first.
  std::vector<CountedLemma> common(std::span<const uint64_t> documents, uint32_t least);

  // By its number; until the counter reads again.
  std::string_view lemma(uint32_t number) const { return lemmas_[number]; }
  uint32_t num_lemmas() const { return lemmas_.size(); }
  // How often it has forgotten all, and numbers lemmas anew.
  uint64_t generation() const { return generation_; }

 private:
  using Counts = std::vector<std::pair<uint32_t, uint32_t>>;  // number of a lemma, places
  struct Pending {
    std::string_view raw;
    uint32_t hash;
  };

  void forget();
  void scan_texts(std::span<const Beginning> texts, const Resolve& resolve);
  void count_pending(const Resolve& resolve);
  uint32_t lemma_of_new(std::string_view raw_token, const Resolve& resolve);

  std::shared_ptr<const Analyzer> analyzer_;
  StringTable tokens_;                    // raw
  std::vector<uint32_t> lemma_of_token_;  // by their numbers
  StringTable lemmas_;
  std::unordered_map<uint64_t, Counts> documents_;
  size_t num_counts_ = 0;
  uint64_t generation_ = 0;
  struct Sum {
    uint64_t places = 0;
    uint32_t documents = 0;
  };
  std::vector<Sum> sums_;      // by number; all zero but while something is added up
  std::vector<uint32_t> met_;  // numbers of those that it met
  std::array<Pending, 256>
      pending_{};  // the first num_pending_: tokens whose look-up is announced to the cache
  size_t num_pending_ = 0;
  Analysis analysis_;
};

}  // namespace searchlib
