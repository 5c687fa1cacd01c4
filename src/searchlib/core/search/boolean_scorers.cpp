#include "search/boolean_scorers.hpp"

namespace searchlib {

AndScorer::AndScorer(std::vector<ScorerPtr> children) : children_(std::move(children)) {
  for (const ScorerPtr& child : children_) by_cost_.push_back(child.get());
  std::stable_sort(by_cost_.begin(), by_cost_.end(),
                   [](const Scorer* left, const Scorer* right) { return left->cost() < right->cost(); });
}

uint32_t AndScorer::seek(uint32_t target) {
  doc_ = by_cost_.front()->seek(target);
  for (size_t i = 1; i < by_cost_.size() && doc_ != kNoMoreDocs;) {
    const uint32_t other = by_cost_[i]->seek(doc_);
    if (other == doc_) {
      ++i;
    } else {
      doc_ = other == kNoMoreDocs ? kNoMoreDocs : by_cost_.front()->seek(other);
      i = 1;
    }
  }
  return doc_;
}

double AndScorer::score() {
  double sum = 0;
  for (const ScorerPtr& child : children_) sum += child->score();
  return sum;
}

uint32_t OrScorer::seek(uint32_t target) {
  doc_ = kNoMoreDocs;
  for (const ScorerPtr& child : children_) doc_ = std::min(doc_, child->seek(target));
  return doc_;
}

double OrScorer::score() {
  double sum = 0;
  for (const ScorerPtr& child : children_) {
    if (child->doc() == doc_) sum += child->score();
  }
  return sum;
}

uint64_t OrScorer::cost() const {
  uint64_t cost = 0;
  for (const ScorerPtr& child : children_) cost += child->cost();
  return cost;
}

double MaxScorer::score() {
  double best = 0;
  for (const ScorerPtr& child : children_) {
    if (child->doc() == doc_) best = std::max(best, child->score());
  }
  return best;
}

uint32_t NotScorer::seek(uint32_t target) {
  doc_ = wanted_->seek(target);
  while (doc_ != kNoMoreDocs && unwanted_->seek(doc_) == doc_) doc_ = wanted_->seek(doc_ + 1);
  return doc_;
}

double MaybeScorer::score() {
  double sum = required_->score();
  if (optional_->seek(doc_) == doc_) sum += optional_->score();
  return sum;
}

uint32_t DocsScorer::seek(uint32_t target) {
  at_ = static_cast<size_t>(
      std::lower_bound(docs_.begin() + static_cast<std::ptrdiff_t>(at_), docs_.end(), target) - docs_.begin());
  return doc_ = at_ < docs_.size() ? docs_[at_] : kNoMoreDocs;
}

}  // namespace searchlib
