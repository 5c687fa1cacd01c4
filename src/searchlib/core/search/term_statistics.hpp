// The terms of a field that begin with a prefix, in the order of their bytes, each with the live documents that hold
// it: the dictionaries of all segments walked together.

#pragma once

#include <string>

#include "postings/joint_walk.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

class TermStatistics {
 public:
  // places: whether they are counted, which reads all postings.
  TermStatistics(const Snapshot& snapshot, size_t field, std::string prefix, bool places);

  struct Term {
    std::string text;
    uint64_t num_docs = 0;
    uint64_t num_places = 0;
  };
  // The next term that a live document holds; false at the end. Ticks the deadline.
  bool next(Term& term);

 private:
  void add(const SnapshotSegment& part, const TermInfo& info, Term& term) const;

  const Snapshot& snapshot_;
  size_t field_;
  std::string prefix_;
  bool places_;
  JointWalk words_;
};

}  // namespace searchlib
