// Walks the matches of a plan's node in one segment, in the order of documents.
//
// Contract. seek(target) moves to the first match ≥ target, and returns it, or kNoMoreDocs; it never moves backwards. Start with
// seek(0). score() is that of the current match, in double, summed in the order of the query: the value that every faster
// evaluation must reproduce bit for bit. cost() bounds the number of matches from above, roughly.

#pragma once

#include <cstdint>
#include <memory>

#include "postings/block.hpp"

namespace searchlib {

class Scorer {
 public:
  virtual ~Scorer() = default;
  virtual uint32_t seek(uint32_t target) = 0;
  virtual double score() = 0;
  virtual uint64_t cost() const = 0;
  uint32_t doc() const { return doc_; }

 protected:
  uint32_t doc_ = 0;
};

using ScorerPtr = std::unique_ptr<Scorer>;

}  // namespace searchlib
