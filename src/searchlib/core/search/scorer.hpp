// Walks the matches of a plan's node in one segment, in the order of documents.
//
// Contract. seek(target) moves to the first match ≥ target, and returns it, or kNoMoreDocs; it never moves
// backwards. Start with seek(0). bound_from(doc) bounds the scores of all matches from doc to `until`,
// without moving the walk; ask it for ascending documents, none below the last target that a seek ruled out.
// match(doc) instead of seek says whether a document matches, without a look for the next one, which may be
// far; ask it for ascending documents, of a scorer that is not walked. doc() then is that document or
// another. most() is what no match scores more than: exactly, where one score is that of all.
// raise_threshold(s) allows the walk to pass over matches that score below s. score() is that of the current
// match, in double, summed in the order of the query: the value that every faster evaluation must reproduce
// bit for bit. cost() bounds the number of matches from above, roughly.

#pragma once

#include <cstdint>
#include <limits>
#include <memory>

#include "postings/block.hpp"

namespace searchlib {

struct ScoreBound {
  float score;
  uint32_t until;  // inclusive; kNoMoreDocs: for ever
};

class Scorer {
 public:
  virtual ~Scorer() = default;
  virtual uint32_t seek(uint32_t target) = 0;
  virtual bool match(uint32_t doc) { return seek(doc) == doc; }
  virtual double score() = 0;
  virtual uint64_t cost() const = 0;
  virtual ScoreBound bound_from(uint32_t doc) = 0;
  virtual double most() const { return std::numeric_limits<double>::infinity(); }
  virtual void raise_threshold(double) {}
  uint32_t doc() const { return doc_; }

 protected:
  bool set_matched(bool matched, uint32_t doc) {
    doc_ = matched ? doc : kNoMoreDocs;
    return matched;
  }

  uint32_t doc_ = 0;
};

using ScorerPtr = std::unique_ptr<Scorer>;

}  // namespace searchlib
