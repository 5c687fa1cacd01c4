// The scorers that combine others. Sums run over the children in the order of the query.

#pragma once

#include <algorithm>
#include <vector>

#include "search/deadline.hpp"
#include "search/scorer.hpp"

namespace searchlib {

class AndScorer : public Scorer {
 public:
  explicit AndScorer(std::vector<ScorerPtr> children);
  uint32_t seek(uint32_t target) override;
  bool match(uint32_t doc) override;
  double score() override;
  uint64_t cost() const override { return by_cost_.front()->cost(); }
  ScoreBound bound_from(uint32_t doc) override;

 private:
  Deadline& deadline_ = Deadline::current();
  std::vector<ScorerPtr> children_;
  std::vector<Scorer*> by_cost_;  // the rarest first
};

class OrScorer : public Scorer {
 public:
  explicit OrScorer(std::vector<ScorerPtr> children) : children_(std::move(children)) {}
  uint32_t seek(uint32_t target) override;
  bool match(uint32_t doc) override;
  double score() override;
  uint64_t cost() const override;
  ScoreBound bound_from(uint32_t doc) override;

 protected:
  // Asking a child takes a few nanoseconds at least; what takes it longer, it ticks for itself.
  uint32_t num_ticks() const { return static_cast<uint32_t>(children_.size() / 16); }

  Deadline& deadline_ = Deadline::current();
  std::vector<ScorerPtr> children_;
};

class MaxScorer : public OrScorer {
 public:
  using OrScorer::OrScorer;
  double score() override;
  ScoreBound bound_from(uint32_t doc) override;
};

// Some of the matches of another scorer, scored as that scores them.
class NarrowingScorer : public Scorer {
 public:
  explicit NarrowingScorer(ScorerPtr wanted) : wanted_(std::move(wanted)) {}
  double score() override { return wanted_->score(); }
  uint64_t cost() const override { return wanted_->cost(); }
  ScoreBound bound_from(uint32_t doc) override { return wanted_->bound_from(doc); }
  double most() const override { return wanted_->most(); }
  void raise_threshold(double threshold) override { wanted_->raise_threshold(threshold); }

 protected:
  Deadline& deadline_ = Deadline::current();
  ScorerPtr wanted_;
};

class NotScorer : public NarrowingScorer {
 public:
  NotScorer(ScorerPtr wanted, ScorerPtr unwanted)
      : NarrowingScorer(std::move(wanted)), unwanted_(std::move(unwanted)) {}
  uint32_t seek(uint32_t target) override;
  bool match(uint32_t doc) override {
    return set_matched(wanted_->match(doc) && !unwanted_->match(doc), doc);
  }

 private:
  ScorerPtr unwanted_;
};

class MaybeScorer : public Scorer {
 public:
  MaybeScorer(ScorerPtr required, ScorerPtr optional)
      : required_(std::move(required)), optional_(std::move(optional)) {}
  uint32_t seek(uint32_t target) override { return doc_ = required_->seek(target); }
  bool match(uint32_t doc) override { return set_matched(required_->match(doc), doc); }
  double score() override;
  uint64_t cost() const override { return required_->cost(); }
  ScoreBound bound_from(uint32_t doc) override;

 private:
  ScorerPtr required_;
  ScorerPtr optional_;
};

// What matches both, scored as the first alone.
class FilterScorer : public NarrowingScorer {
 public:
  FilterScorer(ScorerPtr wanted, ScorerPtr filter)
      : NarrowingScorer(std::move(wanted)), filter_(std::move(filter)) {}
  uint32_t seek(uint32_t target) override;
  bool match(uint32_t doc) override { return set_matched(filter_->match(doc) && wanted_->match(doc), doc); }
  uint64_t cost() const override { return std::min(wanted_->cost(), filter_->cost()); }

 private:
  ScorerPtr filter_;
};

class BoostScorer : public Scorer {
 public:
  BoostScorer(ScorerPtr child, double boost) : child_(std::move(child)), boost_(boost) {}
  uint32_t seek(uint32_t target) override { return doc_ = child_->seek(target); }
  bool match(uint32_t doc) override { return set_matched(child_->match(doc), doc); }
  double score() override { return boost_ * child_->score(); }
  uint64_t cost() const override { return child_->cost(); }
  ScoreBound bound_from(uint32_t doc) override;
  double most() const override { return boost_ * child_->most(); }

 private:
  ScorerPtr child_;
  double boost_;
};

// Every document of a segment, or a given ascending list of them, at one score.
class AllScorer : public Scorer {
 public:
  AllScorer(uint32_t num_docs, double score) : num_docs_(num_docs), score_(score) {}
  uint32_t seek(uint32_t target) override {
    return doc_ = target < num_docs_ ? std::max(doc_, target) : kNoMoreDocs;
  }
  double score() override { return score_; }
  uint64_t cost() const override { return num_docs_; }
  ScoreBound bound_from(uint32_t) override { return {static_cast<float>(score_), kNoMoreDocs}; }
  double most() const override { return score_; }

 private:
  uint32_t num_docs_;
  double score_;
};

// Documents whose field has a length: a value with a token in it.
class HasValueScorer : public Scorer {
 public:
  HasValueScorer(const uint8_t* norms, uint32_t num_docs, double score)
      : norms_(norms), num_docs_(num_docs), score_(score) {}
  uint32_t seek(uint32_t target) override;
  double score() override { return score_; }
  uint64_t cost() const override { return num_docs_; }
  ScoreBound bound_from(uint32_t) override { return {static_cast<float>(score_), kNoMoreDocs}; }
  double most() const override { return score_; }

 private:
  Deadline& deadline_ = Deadline::current();
  const uint8_t* norms_;
  uint32_t num_docs_;
  double score_;
};

class DocsScorer : public Scorer {
 public:
  DocsScorer(const std::vector<uint32_t>& docs, double score) : docs_(docs), score_(score) {}
  uint32_t seek(uint32_t target) override;
  double score() override { return score_; }
  uint64_t cost() const override { return docs_.size(); }
  ScoreBound bound_from(uint32_t) override { return {static_cast<float>(score_), kNoMoreDocs}; }
  double most() const override { return score_; }

 private:
  const std::vector<uint32_t>& docs_;  // the plan's, which outlives its scorers
  size_t at_ = 0;
  double score_;
};

}  // namespace searchlib
