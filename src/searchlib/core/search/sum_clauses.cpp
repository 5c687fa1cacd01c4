#include "search/sum_clauses.hpp"

#include <algorithm>

#include "postings/rounding.hpp"

namespace searchlib {
namespace {

void add_word(const ResolvedNode& word, double factor, const Snapshot& snapshot, size_t segment,
              std::vector<Clause>& clauses) {
  if (word.plan->kind == PlanNode::Kind::kBoost) {
    add_word(word.children[0], factor * word.plan->boost, snapshot, segment, clauses);
    return;
  }
  for (size_t i = 0; i < word.word.size(); ++i) {
    const WordField& plan = word.plan->word[i];
    const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
    Clause clause{{}, parts.norms, &snapshot.float_k_table(plan.field)};
    const LengthShift shift(snapshot.length_ratio(plan.field, segment));
    for (const ResolvedNode::Lemma& lemma : word.word[i]) {
      const auto& info = lemma.term.in_segment[segment];
      if (!info) continue;
      clause.lemmas.emplace_back(parts, *info, round_up(factor * plan.boost * lemma.idf), shift);
      clause.bound = std::max(clause.bound, clause.lemmas.back().bound());
    }
    if (!clause.lemmas.empty()) clauses.push_back(std::move(clause));
  }
}

bool is_word(const PlanNode& plan, double factor) {
  if (plan.kind == PlanNode::Kind::kBoost) return is_word(plan.children[0], factor * plan.boost);
  return plan.kind == PlanNode::Kind::kWord &&
         std::all_of(plan.word.begin(), plan.word.end(), [&](const WordField& field) {
           const double weight = factor * field.boost;
           return field.signals.most() == 0 && weight > 1e-9 && weight < 1e9;
         });
}

}  // namespace

bool is_weighted_word(const PlanNode& plan) { return is_word(plan, 1); }

uint64_t Clause::cost() const {
  uint64_t cost = 0;
  for (const LemmaPostings& lemma : lemmas) cost += lemma.cost();
  return cost;
}

float LemmaPostings::enter_window(uint32_t begin, uint32_t end) {
  float bound = 0;
  advance(begin);
  for (end_block_ = block_; end_block_ < blocks_.num_blocks(); ++end_block_) {
    if (blocks_.floor_doc(end_block_) >= end) break;
    bound = std::max(bound, block_bound(end_block_));
  }
  return bound;
}

void Clause::enter_window(uint32_t begin, uint32_t end) {
  window_bound = 0;
  for (LemmaPostings& lemma : lemmas) window_bound = std::max(window_bound, lemma.enter_window(begin, end));
}

uint32_t Clause::next_doc(uint32_t doc) {
  uint32_t next = kNoMoreDocs;
  for (LemmaPostings& lemma : lemmas) {
    if (lemma.advance(doc)) next = std::min(next, std::max(doc, lemma.blocks().floor_doc(lemma.block())));
  }
  return next;
}

std::vector<Clause> make_clauses(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment) {
  std::vector<Clause> clauses;
  if (plan.plan->kind == PlanNode::Kind::kOr) {
    for (const ResolvedNode& word : plan.children) add_word(word, 1, snapshot, segment, clauses);
  } else {
    add_word(plan, 1, snapshot, segment, clauses);
  }
  return clauses;
}

}  // namespace searchlib
