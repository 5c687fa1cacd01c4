#include "search/resolve.hpp"

#include "search/boolean_scorers.hpp"
#include "search/column_scorer.hpp"
#include "search/column_signals.hpp"
#include "search/deadline.hpp"
#include "search/forms_scorer.hpp"
#include "search/phrase_scorer.hpp"
#include "search/word_scorer.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

using Found = ResolvedNode::Found;

ScorerPtr make_word(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  std::vector<WordScorer::Lemma> lemmas;
  for (const ResolvedNode::Lemma& resolved : node.word) {
    WordScorer::Lemma lemma{resolved.idf, {}};
    for (const Found& found : resolved.fields) {
      const auto& info = found.term.in_segment[segment];
      if (!info) continue;
      const WordField& plan = node.plan->word[found.number];
      const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
      LemmaSignals signals;
      if (!found.signals.empty()) signals = found.signals[segment];
      lemma.fields.push_back(
          {TermCursor(parts, *info), plan.weight, parts.norms, &snapshot.lengths(plan.field),
           FieldBound(plan.weight, snapshot.x_scale(plan.field, segment)), std::move(signals)});
    }
    if (!lemma.fields.empty()) lemmas.push_back(std::move(lemma));
  }
  if (lemmas.empty()) return nullptr;
  return std::make_unique<WordScorer>(std::move(lemmas));
}

ScorerPtr make_phrase(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  std::vector<PhraseFieldScorer> fields;
  for (size_t i = 0; i < node.phrase.size(); ++i) {
    const PhraseField& plan = node.plan->phrase[i];
    const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
    std::vector<PhraseFieldScorer::Slot> slots;
    for (const std::vector<Found>& lemmas : node.phrase[i]) {
      PhraseFieldScorer::Slot slot;
      for (const Found& lemma : lemmas) {
        const auto& info = lemma.term.in_segment[segment];
        if (!info) continue;
        slot.lemmas.emplace_back(parts, *info);
        slot.widths.push_back(lemma.widths.empty() ? FormWidths() : lemma.widths[segment]);
      }
      if (slot.lemmas.empty()) break;
      slots.push_back(std::move(slot));
    }
    if (slots.empty() || slots.size() != plan.slots.size()) continue;
    fields.emplace_back(i, std::move(slots), plan, node.plan->slop,
                        num_bounding(node.phrase[i], node.plan->slop, segment), parts.norms,
                        &snapshot.lengths(plan.field),
                        FieldBound(plan.weight, snapshot.x_scale(plan.field, segment)));
  }
  if (fields.empty()) return nullptr;
  return std::make_unique<PhraseScorer>(std::move(fields), node.phrase_idf());
}

ScorerPtr make_forms(const PlanNode& plan, const std::shared_ptr<const Segment>& segment) {
  const FormsFound& found = plan.forms_found->find(plan.forms, segment);
  return found.is_empty() ? nullptr : std::make_unique<FormsScorer>(found, plan.boost);
}

ScorerPtr make_values(const PlanNode& plan, const Segment& segment) {
  std::optional<columns::ColumnMatch> wanted = column_match(plan, segment.columns());
  return wanted ? std::make_unique<ColumnScorer>(std::move(*wanted), plan.boost) : nullptr;
}

ScorerPtr make_filtered(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  ScorerPtr filter = make_scorer(node.children[1], snapshot, segment);
  if (!filter) return nullptr;
  ScorerPtr wanted = make_scorer(node.children[0], snapshot, segment);
  return wanted ? std::make_unique<FilterScorer>(std::move(wanted), std::move(filter)) : nullptr;
}

std::vector<ScorerPtr> make_children(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  std::vector<ScorerPtr> children;
  for (const ResolvedNode& child : node.children) {
    if (ScorerPtr scorer = make_scorer(child, snapshot, segment)) children.push_back(std::move(scorer));
  }
  return children;
}

template <class Union>
ScorerPtr make_union(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  std::vector<ScorerPtr> children = make_children(node, snapshot, segment);
  if (children.empty()) return nullptr;
  if (children.size() == 1) return std::move(children.front());
  return std::make_unique<Union>(std::move(children));
}

ScorerPtr make_pair(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  ScorerPtr first = make_scorer(node.children[0], snapshot, segment);
  if (!first) return nullptr;
  ScorerPtr second = make_scorer(node.children[1], snapshot, segment);
  if (!second) return first;
  if (node.plan->kind == Kind::kNot) return std::make_unique<NotScorer>(std::move(first), std::move(second));
  return std::make_unique<MaybeScorer>(std::move(first), std::move(second));
}

}  // namespace

ScorerPtr make_scorer(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  const PlanNode& plan = *node.plan;
  Deadline::current().tick();
  switch (plan.kind) {
    case Kind::kNothing:
      return nullptr;
    case Kind::kAll:
      return std::make_unique<AllScorer>(snapshot.segments()[segment].segment->num_docs(), plan.boost);
    case Kind::kDocs:
      return std::make_unique<DocsScorer>(plan.docs[segment], plan.boost);
    case Kind::kHas: {
      const FieldParts& field = snapshot.segments()[segment].segment->field(plan.field);
      if (field.norms == nullptr) return nullptr;
      return std::make_unique<HasValueScorer>(field.norms, field.num_docs, plan.boost);
    }
    case Kind::kForms:
      return make_forms(plan, snapshot.segments()[segment].segment);
    case Kind::kInRange:
    case Kind::kInStrings:
    case Kind::kInSet:
      return make_values(plan, *snapshot.segments()[segment].segment);
    case Kind::kFilter:
      return make_filtered(node, snapshot, segment);
    case Kind::kWord:
      return make_word(node, snapshot, segment);
    case Kind::kPhrase:
      return make_phrase(node, snapshot, segment);
    case Kind::kAnd: {
      std::vector<ScorerPtr> children = make_children(node, snapshot, segment);
      if (children.empty() || children.size() != node.children.size()) return nullptr;
      return std::make_unique<AndScorer>(std::move(children));
    }
    case Kind::kOr:
      return make_union<OrScorer>(node, snapshot, segment);
    case Kind::kMax:
      return make_union<MaxScorer>(node, snapshot, segment);
    case Kind::kNot:
    case Kind::kMaybe:
      return make_pair(node, snapshot, segment);
    case Kind::kBoost: {
      ScorerPtr child = make_scorer(node.children[0], snapshot, segment);
      return child ? std::make_unique<BoostScorer>(std::move(child), plan.boost) : nullptr;
    }
    case Kind::kRaised: {
      ScorerPtr child = make_scorer(node.children[0], snapshot, segment);
      if (!child) return nullptr;
      SegmentSignals signals(plan, *snapshot.segments()[segment].segment);
      return std::make_unique<RaisedScorer>(std::move(child), std::move(signals));
    }
  }
  return nullptr;
}

}  // namespace searchlib
