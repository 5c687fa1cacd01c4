#include "search/phrase_set.hpp"

namespace searchlib {

PhraseSet::PhraseSet(const ResolvedNode& node, const Snapshot& snapshot, size_t segment, bool omits_deleted)
    : ListedSet(phrase_cost(node, segment)),
      node_(node),
      snapshot_(snapshot),
      segment_(segment),
      omits_deleted_(omits_deleted) {}

std::vector<uint32_t> PhraseSet::find() { return find_phrase(node_, snapshot_, segment_, omits_deleted_); }

bool PhraseSet::keep_one_by_one(std::vector<uint32_t>& docs) {
  if (!filter_) filter_ = std::make_unique<PhraseFilter>(node_, snapshot_, segment_, omits_deleted_);
  filter_->keep(docs);
  return true;
}

}  // namespace searchlib
