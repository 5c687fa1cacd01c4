#include "search/exact_sums.hpp"

#include <algorithm>

#include "postings/norms.hpp"

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
  for (size_t i = 0; i < node.word.size(); ++i) {
    const WordField& plan = node.plan->word[i];
    const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
    Field field{plan.boost, parts.norms, &snapshot.k_table(plan.field), {}};
    field.lemmas.reserve(node.word[i].size());
    for (const ResolvedNode::Lemma& lemma : node.word[i]) {
      const auto& info = lemma.term.in_segment[segment];
      if (info) field.lemmas.push_back({BlockReader(parts, *info), lemma.idf});
    }
    if (!field.lemmas.empty()) word.fields.push_back(std::move(field));
  }
}

uint32_t ExactSums::Lemma::tf_in(uint32_t doc) {
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
    for (Field& field : word.fields) {
      double best = 0;
      for (Lemma& lemma : field.lemmas) {
        const uint32_t tf = lemma.tf_in(doc);
        if (tf > 0) best = std::max(best, lemma.idf * saturation(tf, (*field.k_table)[field.norms[doc]]));
      }
      score += field.boost * best;
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
