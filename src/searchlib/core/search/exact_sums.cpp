#include "search/exact_sums.hpp"

#include <algorithm>

namespace searchlib {

ExactSums::ExactSums(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment) {
  const PlanNode::Kind kind = plan.plan->kind;
  if (kind == PlanNode::Kind::kOr || kind == PlanNode::Kind::kAnd) {
    words_.reserve(plan.children.size());
    for (const ResolvedNode& child : plan.children) add_word(child, snapshot, segment, {});
  } else {
    add_word(plan, snapshot, segment, {});
  }
}

void ExactSums::add_word(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                         std::vector<double> factors) {
  if (node.plan->kind == PlanNode::Kind::kBoost) {
    factors.insert(factors.begin(), node.plan->boost);
    add_word(node.children[0], snapshot, segment, std::move(factors));
    return;
  }
  ScoredWord& word = words_.emplace_back(ScoredWord{std::move(factors), {}});
  word.lists.reserve(node.word.size() * node.plan->word.size());
  for (const ResolvedNode::Lemma& lemma : node.word) {
    const size_t before = word.lists.size();
    for (const ResolvedNode::Found& found : lemma.fields) {
      const auto& info = found.term.in_segment[segment];
      if (!info) continue;
      const WordField& plan = node.plan->word[found.number];
      const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
      word.lists.emplace_back(parts, *info, plan.weight, snapshot.lengths(plan.field), lemma.idf);
    }
    if (word.lists.size() > before) word.lists.back().is_last = true;
  }
}

uint32_t ExactSums::InField::tf_in(uint32_t doc) {
  if (block < blocks.num_blocks() && blocks.last_doc(block) < doc) block = blocks.find_block(block + 1, doc);
  if (block == blocks.num_blocks()) return 0;
  blocks.load(block);
  const uint32_t at = blocks.find_doc(doc);
  return blocks.docs()[at] == doc ? blocks.tf_at(at) : 0;
}

double ExactSums::score_of(uint32_t doc) {
  deadline_.tick(static_cast<uint32_t>(words_.size() / 4));
  double sum = 0;
  for (ScoredWord& word : words_) {
    double score = 0;
    FieldScale scale;
    double x = 0;
    for (InField& list : word.lists) {
      if (const uint32_t tf = list.tf_in(doc); tf > 0)
        x += list.weight * tf * scale.of(*list.lengths, list.norms[doc]);
      if (!list.is_last) continue;
      if (scale.is_set()) score = std::max(score, list.idf * scale.saturated(x));
      scale = {};
      x = 0;
    }
    for (const double factor : word.factors) score = factor * score;
    sum += score;
  }
  return sum;
}

std::vector<ScoredDoc> rank_sums(const std::vector<uint32_t>& docs, const ResolvedNode& plan,
                                 const Snapshot& snapshot, size_t limit) {
  return rank_documents(docs, snapshot, limit, [&](size_t segment) {
    return [sums = ExactSums(plan, snapshot, segment)](uint32_t doc) mutable { return sums.score_of(doc); };
  });
}

}  // namespace searchlib
