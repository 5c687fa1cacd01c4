#include "search/phrase_set.hpp"

#include <algorithm>

namespace searchlib {

PhraseSet::PhraseSet(const ResolvedNode& node, const Snapshot& snapshot, size_t segment, bool omits_deleted)
    : node_(node),
      snapshot_(snapshot),
      segment_(segment),
      omits_deleted_(omits_deleted),
      cost_(phrase_cost(node, segment)) {}

const std::vector<uint32_t>& PhraseSet::found() {
  if (!found_) found_ = find_phrase(node_, snapshot_, segment_, omits_deleted_);
  return *found_;
}

size_t PhraseSet::place_of(uint32_t doc) {
  const std::vector<uint32_t>& docs = found();
  const auto from = docs.begin() + static_cast<std::ptrdiff_t>(at_);
  return at_ = static_cast<size_t>(std::lower_bound(from, docs.end(), doc) - docs.begin());
}

uint32_t PhraseSet::next_doc(uint32_t doc) {
  const size_t at = place_of(doc);
  return at < found_->size() ? (*found_)[at] : kNoMoreDocs;
}

void PhraseSet::list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) {
  for (size_t at = place_of(begin); at < found_->size() && (*found_)[at] < end; ++at)
    docs.push_back((*found_)[at]);
}

void PhraseSet::keep(std::vector<uint32_t>& docs) {
  if (docs.empty()) return;
  if (!found_) {
    if (!filter_) filter_ = std::make_unique<PhraseFilter>(node_, snapshot_, segment_, omits_deleted_);
    filter_->keep(docs);
    return;
  }
  std::erase_if(docs, [&](uint32_t doc) {
    const size_t at = place_of(doc);
    return at == found_->size() || (*found_)[at] != doc;
  });
}

}  // namespace searchlib
