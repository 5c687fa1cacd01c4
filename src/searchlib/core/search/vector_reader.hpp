// Has documents counted by their term vectors (postings/term_vectors.hpp), which takes a small part of what their text
// would: for a LemmaCounter, by the numbers that this has for lemmas.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "analysis/lemma_counter.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

class VectorReader {
 public:
  // fields: whose terms count. The snapshot must outlive it.
  VectorReader(std::shared_ptr<LemmaCounter> counter, const Snapshot& snapshot, std::vector<size_t> fields);
  VectorReader(const VectorReader&) = delete;
  VectorReader& operator=(const VectorReader&) = delete;

  bool has_fields() const { return !fields_.empty(); }
  // Counts a document of the snapshot, by the number that the counter is to know it by. False: a field has a value but
  // no vector of it, and nothing is counted.
  bool read(uint32_t doc, uint64_t number);

 private:
  // The counter's numbers of one field's terms in one segment, by rank; those that were met, by pages.
  class Lemmas {
   public:
    uint32_t& operator[](uint32_t rank) {
      std::unique_ptr<Page>& page = pages_[rank / kPage];
      if (!page) (page = std::make_unique<Page>())->fill(kUnknown);
      return (*page)[rank % kPage];
    }
    bool is_made() const { return !pages_.empty(); }
    void make(uint32_t num_ranks) { pages_.resize(num_ranks / kPage + 1); }

    static constexpr uint32_t kUnknown = UINT32_MAX;

   private:
    static constexpr uint32_t kPage = 256;
    using Page = std::array<uint32_t, kPage>;
    std::vector<std::unique_ptr<Page>> pages_;
  };

  std::shared_ptr<LemmaCounter> counter_;
  const Snapshot& snapshot_;
  std::vector<size_t> fields_;
  std::vector<Lemmas> lemmas_;                            // by segment, and there by field
  uint64_t generation_ = 0;                               // of the counter's numbers
  std::vector<std::vector<TermVectors::Entry>> entries_;  // of the document at hand, by field
};

}  // namespace searchlib
