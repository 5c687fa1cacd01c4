#include "search/bounding_sum.hpp"

#include <algorithm>
#include <limits>

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// What signals raise a lemma's score by, wherever it stands: at least and at most, as a part of it.
struct Raise {
  double least = 0;
  double most = 0;
};

Raise raise_of(const ResolvedNode::Lemma& lemma) {
  Raise raise{std::numeric_limits<double>::infinity(), 0};
  for (const ResolvedNode::Found& found : lemma.fields) {
    if (found.signals.empty()) raise.least = 0;
    for (size_t i = 0; i < found.signals.size(); ++i) {
      if (!found.term.in_segment[i]) continue;
      raise.least = std::min(raise.least, found.signals[i].least());
      raise.most = std::max(raise.most, found.signals[i].most());
    }
  }
  raise.least = std::min(raise.least, raise.most);
  return raise;
}

// The part as a sum has it: its boost, its fields and no more, for its lemmas are found.
PlanNode plan_of(const BoundPart& part) {
  const PlanNode& plan = *part.node->plan;
  PlanNode word;
  word.kind = Kind::kWord;
  for (const WordField& field : plan.word) word.word.push_back({field.field, field.weight, {}});
  for (const PhraseField& field : plan.phrase) word.word.push_back({field.field, field.weight, {}});
  PlanNode boosted;
  boosted.kind = Kind::kBoost;
  boosted.boost = part.boost;
  boosted.children.push_back(std::move(word));
  return boosted;
}

// Its lemmas, each at factor_of(lemma) times its weight.
template <class FactorOf>
std::vector<ResolvedNode::Lemma> lemmas_of(const BoundPart& part, FactorOf&& factor_of) {
  if (part.node->plan->kind == Kind::kPhrase) return part.of_phrase;
  std::vector<ResolvedNode::Lemma> lemmas;
  lemmas.reserve(part.node->word.size());
  for (const ResolvedNode::Lemma& lemma : part.node->word) {
    ResolvedNode::Lemma& bound = lemmas.emplace_back();
    bound.idf = lemma.idf * factor_of(lemma);
    for (const ResolvedNode::Found& found : lemma.fields) bound.fields.push_back({found.number, found.term});
  }
  return lemmas;
}

// factor_of(part, lemma)
template <class FactorOf>
WordSum sum_of(Kind kind, const std::vector<const BoundPart*>& parts, FactorOf&& factor_of) {
  WordSum sum{std::make_unique<PlanNode>(), {}};
  sum.plan->kind = kind;
  for (const BoundPart* part : parts) sum.plan->children.push_back(plan_of(*part));
  sum.words.plan = sum.plan.get();
  for (size_t i = 0; i < parts.size(); ++i) {
    const PlanNode& boosted = sum.plan->children[i];
    ResolvedNode& node = sum.words.children.emplace_back();
    node.plan = &boosted;
    ResolvedNode& word = node.children.emplace_back();
    word.plan = &boosted.children.front();
    word.word = lemmas_of(*parts[i], [&](const auto& lemma) { return factor_of(*parts[i], lemma); });
  }
  return sum;
}

}  // namespace

WordSum bounding_sum(Kind kind, const std::vector<BoundPart>& parts, double& most) {
  std::vector<const BoundPart*> all;
  for (const BoundPart& part : parts) all.push_back(&part);
  return sum_of(kind, all, [&](const BoundPart& part, const ResolvedNode::Lemma& lemma) {
    const Raise raise = raise_of(lemma);
    const double factor = 1 + raise.most + part.extra;
    most = std::max(most, factor / (1 + raise.least));
    return factor;
  });
}

WordSum sure_sum(const std::vector<BoundPart>& parts) {
  std::vector<const BoundPart*> sure;
  for (const BoundPart& part : parts) {
    if (part.is_sure) sure.push_back(&part);
  }
  return sum_of(Kind::kOr, sure, [](const BoundPart&, const ResolvedNode::Lemma&) { return 1.0; });
}

}  // namespace searchlib
