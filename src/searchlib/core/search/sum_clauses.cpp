#include "search/sum_clauses.hpp"

#include <algorithm>

#include "postings/rounding.hpp"

namespace searchlib {
namespace {

bool is_word(const PlanNode& plan, double factor) {
  if (plan.kind == PlanNode::Kind::kBoost) return is_word(plan.children[0], factor * plan.boost);
  return plan.kind == PlanNode::Kind::kWord && is_sound_weight(factor) &&
         std::all_of(plan.word.begin(), plan.word.end(), [&](const WordField& field) {
           return field.signals.most() == 0 && is_sound_weight(field.weight);
         });
}

// x_of(list): what it could add.
template <class XOf>
void join(std::span<LemmaPostings> lists, XOf&& x_of) {
  for (size_t i = 0; i < lists.size(); ++i) {
    float others = 0;
    for (size_t j = 0; j < lists.size(); ++j) others += j == i ? 0 : x_of(lists[j]);
    lists[i].join(lists.size(), others);
  }
}

}  // namespace

bool is_weighted_word(const PlanNode& plan) { return is_word(plan, 1); }

bool is_sound_weight(double weight) { return weight > 1e-9 && weight < 1e9; }

uint64_t Clause::cost() const {
  uint64_t cost = 0;
  for (const LemmaPostings& list : lists) cost += list.cost();
  return cost;
}

float LemmaPostings::enter_window(uint32_t begin, uint32_t end) {
  window_f_ = 0;
  advance(begin);
  for (end_block_ = block_; end_block_ < blocks_.num_blocks(); ++end_block_) {
    if (blocks_.floor_doc(end_block_) >= end) break;
    window_f_ = std::max(window_f_, blocks_.max_f(end_block_));
  }
  return window_f_;
}

void Clause::enter_window(uint32_t begin, uint32_t end) {
  window_bound = 0;
  for_each_lemma([&](std::span<LemmaPostings> lemma) {
    float most_f = 0;
    for (LemmaPostings& list : lemma) most_f = std::max(most_f, list.enter_window(begin, end));
    if (most_f == 0) return;
    if (lemma.size() == 1) {
      window_bound = std::max(window_bound, lemma[0].bound_of(most_f));
      return;
    }
    float x = 0;
    if (lemma.size() == 2) {  // as mostly, and this is asked for each window
      const float few = lemma[0].window_x_bound();
      const float many = lemma[1].window_x_bound();
      lemma[0].join(2, many);
      lemma[1].join(2, few);
      x = few + many;
    } else {
      join(lemma, [](const LemmaPostings& list) { return list.window_x_bound(); });
      for (const LemmaPostings& list : lemma) x += list.window_x_bound();
    }
    window_bound = std::max(window_bound, lemma[0].weight() * saturated(x));
  });
}

uint32_t Clause::next_doc(uint32_t doc) {
  uint32_t next = kNoMoreDocs;
  for (LemmaPostings& list : lists) {
    if (list.advance(doc)) next = std::min(next, std::max(doc, list.blocks().floor_doc(list.block())));
  }
  return next;
}

Clauses::Clauses(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment) {
  if (plan.plan->kind == PlanNode::Kind::kOr) {
    for (const ResolvedNode& word : plan.children) add_word(word, 1, snapshot, segment);
  } else {
    add_word(plan, 1, snapshot, segment);
  }
}

void Clauses::add_word(const ResolvedNode& word, double factor, const Snapshot& snapshot, size_t segment) {
  if (word.plan->kind == PlanNode::Kind::kBoost) {
    add_word(word.children[0], factor * word.plan->boost, snapshot, segment);
    return;
  }
  Clause clause;
  clause.lists.reserve(word.word.size() * word.plan->word.size());
  for (const ResolvedNode::Lemma& lemma : word.word) {
    const size_t first = clause.lists.size();
    const float weight = round_up(factor * lemma.idf);
    order_.clear();
    for (const ResolvedNode::Found& found : lemma.fields) {
      if (found.term.in_segment[segment]) order_.push_back(&found);
    }
    const auto is_shorter = [&](const auto* left, const auto* right) {
      return left->term.in_segment[segment]->df < right->term.in_segment[segment]->df;
    };
    if (order_.size() == 2) {
      if (is_shorter(order_[1], order_[0])) std::swap(order_[0], order_[1]);
    } else if (order_.size() > 2) {
      std::stable_sort(order_.begin(), order_.end(), is_shorter);
    }
    for (const ResolvedNode::Found* found : order_) {
      const auto& info = found->term.in_segment[segment];
      const WordField& plan = word.plan->word[found->number];
      const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
      const LengthTables& lengths = snapshot.lengths(plan.field);
      const FieldBound bound(plan.weight, snapshot.x_scale(plan.field, segment));
      // What stands before the last list is only added to it, and scores nothing alone.
      const float* k_table = found == order_.back() ? tables_.of(lengths, plan.weight) : nullptr;
      clause.lists.emplace_back(parts, *info, weight, plan.weight, bound, k_table, lengths);
    }
    const std::span<LemmaPostings> lists = std::span(clause.lists).subspan(first);
    if (lists.empty()) continue;
    if (lists.size() > 1) join(lists, [](const LemmaPostings& list) { return list.x_bound(); });
    clause.bound = std::max(clause.bound, lists[0].bound());
  }
  if (!clause.lists.empty()) clauses_.push_back(std::move(clause));
}

}  // namespace searchlib
