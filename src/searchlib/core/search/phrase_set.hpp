// The documents that have a phrase, as a set (doc_set.hpp): all of them, found when they are first asked for; or those
// of a list, asked by batches, where something else has led to it.

#pragma once

#include "search/doc_set.hpp"
#include "search/phrase_search.hpp"

namespace searchlib {

class PhraseSet : public DocSet {
 public:
  // The node and the snapshot stay as long as it does.
  PhraseSet(const ResolvedNode& node, const Snapshot& snapshot, size_t segment, bool omits_deleted);
  uint64_t cost() const override { return cost_; }
  uint32_t next_doc(uint32_t doc) override;
  void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) override;
  void keep(std::vector<uint32_t>& docs) override;

 private:
  const std::vector<uint32_t>& found();
  size_t place_of(uint32_t doc);

  const ResolvedNode& node_;
  const Snapshot& snapshot_;
  size_t segment_;
  bool omits_deleted_;
  uint64_t cost_;
  std::optional<std::vector<uint32_t>> found_;
  size_t at_ = 0;
  std::unique_ptr<PhraseFilter> filter_;
};

}  // namespace searchlib
