// The documents that have a phrase, as a set (doc_set.hpp): all of them, found when they are first asked for; or those
// of a list, asked by batches, where something else has led to it.

#pragma once

#include "search/listed_set.hpp"
#include "search/phrase_search.hpp"

namespace searchlib {

class PhraseSet : public ListedSet {
 public:
  // The node and the snapshot stay as long as it does.
  PhraseSet(const ResolvedNode& node, const Snapshot& snapshot, size_t segment, bool omits_deleted);

 private:
  std::vector<uint32_t> find() override;
  bool keep_one_by_one(std::vector<uint32_t>& docs) override;

  const ResolvedNode& node_;
  const Snapshot& snapshot_;
  size_t segment_;
  bool omits_deleted_;
  std::unique_ptr<PhraseFilter> filter_;
};

}  // namespace searchlib
