#include "search/boolean_scorers.hpp"

namespace searchlib {
namespace {

ScoreBound sum_of_bounds(const std::vector<ScorerPtr>& children, uint32_t doc) {
  ScoreBound sum{0, kNoMoreDocs};
  for (const ScorerPtr& child : children) {
    const ScoreBound bound = child->bound_from(doc);
    sum.score += bound.score;
    sum.until = std::min(sum.until, bound.until);
  }
  return sum;
}

}  // namespace

AndScorer::AndScorer(std::vector<ScorerPtr> children) : children_(std::move(children)) {
  for (const ScorerPtr& child : children_) by_cost_.push_back(child.get());
  std::stable_sort(by_cost_.begin(), by_cost_.end(),
                   [](const Scorer* left, const Scorer* right) { return left->cost() < right->cost(); });
}

uint32_t AndScorer::seek(uint32_t target) {
  doc_ = by_cost_.front()->seek(target);
  for (size_t i = 1; i < by_cost_.size() && doc_ != kNoMoreDocs;) {
    deadline_.tick();
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

bool AndScorer::match(uint32_t doc) {
  const auto matches = [&](Scorer* child) { return child->match(doc); };
  return set_matched(std::all_of(by_cost_.begin(), by_cost_.end(), matches), doc);
}

double AndScorer::score() {
  deadline_.tick(static_cast<uint32_t>(children_.size() / 16));
  double sum = 0;
  for (const ScorerPtr& child : children_) sum += child->score();
  return sum;
}

uint32_t OrScorer::seek(uint32_t target) {
  deadline_.tick(num_ticks());
  doc_ = kNoMoreDocs;
  for (const ScorerPtr& child : children_) doc_ = std::min(doc_, child->seek(target));
  return doc_;
}

bool OrScorer::match(uint32_t doc) {
  deadline_.tick(num_ticks());
  bool any = false;
  for (const ScorerPtr& child : children_) any = child->match(doc) || any;  // each, for the sum
  return set_matched(any, doc);
}

double OrScorer::score() {
  deadline_.tick(num_ticks());
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
  deadline_.tick(num_ticks());
  double best = 0;
  for (const ScorerPtr& child : children_) {
    if (child->doc() == doc_) best = std::max(best, child->score());
  }
  return best;
}

uint32_t FilterScorer::seek(uint32_t target) {
  uint32_t doc = wanted_->seek(target);
  while (doc != kNoMoreDocs) {
    deadline_.tick();
    const uint32_t next = filter_->seek(doc);
    if (next == doc) break;
    doc = next == kNoMoreDocs ? kNoMoreDocs : wanted_->seek(next);
  }
  return doc_ = doc;
}

uint32_t NotScorer::seek(uint32_t target) {
  doc_ = wanted_->seek(target);
  while (doc_ != kNoMoreDocs && unwanted_->seek(doc_) == doc_) {
    deadline_.tick();
    doc_ = wanted_->seek(doc_ + 1);
  }
  return doc_;
}

uint32_t HasValueScorer::seek(uint32_t target) {
  constexpr uint32_t kStretch = 1024;  // documents that take about as long as a tick is for
  doc_ = std::max(target, doc_);       // never back: what it is combined with has moved on
  while (doc_ < num_docs_ && norms_[doc_] == 0) {
    deadline_.tick();
    const uint32_t end = std::min(num_docs_ - doc_, kStretch) + doc_;
    doc_ = static_cast<uint32_t>(
        std::find_if(norms_ + doc_, norms_ + end, [](uint8_t norm) { return norm != 0; }) - norms_);
  }
  if (doc_ >= num_docs_) doc_ = kNoMoreDocs;
  return doc_;
}

double MaybeScorer::score() {
  double sum = required_->score();
  if (optional_->match(doc_)) sum += optional_->score();
  return sum;
}

uint32_t DocsScorer::seek(uint32_t target) {
  at_ = static_cast<size_t>(
      std::lower_bound(docs_.begin() + static_cast<std::ptrdiff_t>(at_), docs_.end(), target) -
      docs_.begin());
  return doc_ = at_ < docs_.size() ? docs_[at_] : kNoMoreDocs;
}

ScoreBound AndScorer::bound_from(uint32_t doc) { return sum_of_bounds(children_, doc); }

ScoreBound OrScorer::bound_from(uint32_t doc) { return sum_of_bounds(children_, doc); }

ScoreBound MaxScorer::bound_from(uint32_t doc) {
  ScoreBound best{0, kNoMoreDocs};
  for (const ScorerPtr& child : children_) {
    const ScoreBound bound = child->bound_from(doc);
    best.score = std::max(best.score, bound.score);
    best.until = std::min(best.until, bound.until);
  }
  return best;
}

ScoreBound MaybeScorer::bound_from(uint32_t doc) {
  const ScoreBound required = required_->bound_from(doc);
  const ScoreBound optional = optional_->bound_from(doc);
  return {required.score + optional.score, std::min(required.until, optional.until)};
}

ScoreBound BoostScorer::bound_from(uint32_t doc) {
  const ScoreBound bound = child_->bound_from(doc);
  return {static_cast<float>(boost_) * bound.score, bound.until};
}

}  // namespace searchlib
