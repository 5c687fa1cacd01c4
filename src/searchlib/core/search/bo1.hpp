// The words that some documents have in common, by how much they say of these: Bo1, the Bose–Einstein model of
// G. Amati (2003). Documents were read by a LemmaCounter; how rare a word is, the snapshot says.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/lemma_counter.hpp"
#include "search/snapshot.hpp"
#include "search/vector_reader.hpp"

namespace searchlib {

class Bo1 {
 public:
  // Whether a lemma says nothing of any document's subject. Asked once of each.
  using SaysNothing = std::function<bool(std::string_view lemma)>;

  // fields: those that the counter's texts come from, one at least; they stand for each other. The snapshot must outlive it.
  // vectors: fields whose term vectors are all that a document's text would say; none: there are no such fields.
  Bo1(std::shared_ptr<LemmaCounter> counter, const Snapshot& snapshot, std::vector<size_t> fields,
      std::vector<size_t> vectors = {});

  // Whether a document, which the counter knows by that number, was read or can be without its text; then it is.
  bool knows(uint32_t doc, uint64_t number) {
    return counter_->knows(number) || (vectors_.has_fields() && vectors_.read(doc, number));
  }

  struct Word {
    double weight;
    std::string_view lemma;  // until the counter reads again
  };
  // Of the words that `least` of the documents have, the `count` best: by weight, then by their letters.
  std::vector<Word> best(std::span<const uint64_t> documents, uint32_t least, size_t count,
                         const SaysNothing& says_nothing);

 private:
  // Of a word in df of N documents, P = df / N: log2((1 + P) / P) and log2(1 + P); both 0 if it says nothing.
  struct Rarity {
    double of_place = -1, more = 0;  // −1: not known yet
  };
  Rarity rarity_of(uint32_t lemma, uint64_t num_docs, const SaysNothing& says_nothing);
  // The largest df of a lemma in the fields.
  uint64_t most_docs(std::string_view lemma) const;

  std::shared_ptr<LemmaCounter> counter_;
  const Snapshot& snapshot_;
  std::vector<size_t> fields_;    // the longest first
  std::vector<Rarity> rarities_;  // by the numbers of the counter's lemmas
  uint64_t generation_ = 0;       // of these
  VectorReader vectors_;
};

}  // namespace searchlib
