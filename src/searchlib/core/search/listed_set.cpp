#include "search/listed_set.hpp"

#include <algorithm>

namespace searchlib {

// The place of the first that is `doc` or behind it.
size_t ListedSet::place_of(uint32_t doc) {
  if (!found_) found_ = find();
  const auto from = found_->begin() + static_cast<std::ptrdiff_t>(at_);
  return at_ = static_cast<size_t>(std::lower_bound(from, found_->end(), doc) - found_->begin());
}

uint32_t ListedSet::next_doc(uint32_t doc) {
  const size_t at = place_of(doc);
  return at < found_->size() ? (*found_)[at] : kNoMoreDocs;
}

void ListedSet::list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) {
  for (size_t at = place_of(begin); at < found_->size() && (*found_)[at] < end; ++at)
    docs.push_back((*found_)[at]);
}

void ListedSet::keep(std::vector<uint32_t>& docs) {
  if (docs.empty() || (!found_ && keep_one_by_one(docs))) return;
  std::erase_if(docs, [&](uint32_t doc) {
    const size_t at = place_of(doc);
    return at == found_->size() || (*found_)[at] != doc;
  });
}

bool FoundSet::keep_one_by_one(std::vector<uint32_t>& docs) {
  constexpr uint64_t kWorthFinding = 4;  // to try a document takes longer than to meet it
  num_tried_ += docs.size();
  if (num_tried_ * kWorthFinding >= cost()) return false;
  if (!scorer_) scorer_ = make_scorer_();
  std::erase_if(docs, [&](uint32_t doc) {
    deadline_.tick();
    return !scorer_ || !scorer_->match(doc);
  });
  return true;
}

}  // namespace searchlib
