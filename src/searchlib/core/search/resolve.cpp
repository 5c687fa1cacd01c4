#include "search/resolve.hpp"

#include <algorithm>
#include <limits>

#include "search/boolean_scorers.hpp"
#include "search/deadline.hpp"
#include "search/forms_scorer.hpp"
#include "search/phrase_scorer.hpp"
#include "search/word_scorer.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

std::vector<ResolvedNode::Lemma> find_lemmas(const std::vector<std::string>& lemmas, size_t field,
                                             const Snapshot& snapshot) {
  std::vector<ResolvedNode::Lemma> found;
  Deadline& deadline = Deadline::current();
  for (const std::string& lemma : lemmas) {
    deadline.tick(1 + 4 * static_cast<uint32_t>(snapshot.segments().size()));
    Snapshot::Term term = snapshot.find(field, lemma);
    if (term.df == 0) continue;  // no live document: it can neither match nor weigh
    const double idf = snapshot.idf(field, term.df);
    found.push_back({std::move(term), idf});
  }
  return found;
}

std::vector<ResolvedNode::Lemma> find_word(const WordField& word, const Snapshot& snapshot) {
  std::vector<ResolvedNode::Lemma> found = find_lemmas(word.lemmas, word.field, snapshot);
  double most = std::numeric_limits<double>::infinity();
  for (const ResolvedNode::Lemma& own : found) most = std::min(most, own.idf);
  for (ResolvedNode::Lemma& related : find_lemmas(word.related, word.field, snapshot)) {
    related.idf = word.related_weight * std::min(related.idf, most);
    related.related = true;
    found.push_back(std::move(related));
  }
  return found;
}

ScorerPtr make_word(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  std::vector<WordScorer::Field> fields;
  for (size_t i = 0; i < node.word.size(); ++i) {
    const WordField& plan = node.plan->word[i];
    const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
    const LengthShift shift(snapshot.length_ratio(plan.field, segment));
    WordScorer::Field field{plan.boost, parts.norms, &snapshot.k_table(plan.field), shift, {}};
    for (const ResolvedNode::Lemma& lemma : node.word[i]) {
      const auto& info = lemma.term.in_segment[segment];
      if (!info) continue;
      LemmaSignals signals;
      if (plan.signals.most() > 0 && !lemma.related) signals = LemmaSignals(plan.signals, parts, *info);
      field.lemmas.push_back({TermCursor(parts, *info), lemma.idf, std::move(signals)});
    }
    if (!field.lemmas.empty()) fields.push_back(std::move(field));
  }
  if (fields.empty()) return nullptr;
  return std::make_unique<WordScorer>(std::move(fields));
}

ScorerPtr make_phrase(const ResolvedNode& node, const Snapshot& snapshot, size_t segment) {
  std::vector<PhraseFieldScorer> fields;
  for (size_t i = 0; i < node.phrase.size(); ++i) {
    const PhraseField& plan = node.plan->phrase[i];
    const FieldParts& parts = snapshot.segments()[segment].segment->field(plan.field);
    std::vector<PhraseFieldScorer::Slot> slots;
    for (size_t j = 0; j < node.phrase[i].size(); ++j) {
      PhraseFieldScorer::Slot slot{plan.slots[j].offset, {}};
      for (const ResolvedNode::Lemma& lemma : node.phrase[i][j]) {
        const auto& info = lemma.term.in_segment[segment];
        if (info) slot.lemmas.emplace_back(parts, *info);
      }
      if (slot.lemmas.empty()) break;
      slots.push_back(std::move(slot));
    }
    if (slots.empty() || slots.size() != plan.slots.size()) continue;
    fields.emplace_back(std::move(slots), plan.boost * phrase_idf(node.phrase[i]), node.plan->slop,
                        parts.norms, &snapshot.k_table(plan.field),
                        LengthShift(snapshot.length_ratio(plan.field, segment)));
  }
  if (fields.empty()) return nullptr;
  return std::make_unique<PhraseScorer>(std::move(fields));
}

ScorerPtr make_forms(const PlanNode& plan, const std::shared_ptr<const Segment>& segment) {
  const FormsFound& found = plan.forms_found->find(plan.forms, segment);
  return found.is_empty() ? nullptr : std::make_unique<FormsScorer>(found, plan.boost);
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

double phrase_idf(const std::vector<std::vector<ResolvedNode::Lemma>>& slots) {
  double sum = 0;
  for (const auto& lemmas : slots) {
    const auto frequent =
        std::min_element(lemmas.begin(), lemmas.end(),
                         [](const auto& left, const auto& right) { return left.idf < right.idf; });
    if (frequent != lemmas.end()) sum += frequent->idf;
  }
  return sum;
}

ResolvedNode resolve(const PlanNode& plan, const Snapshot& snapshot) {
  ResolvedNode node;
  node.plan = &plan;
  for (const PlanNode& child : plan.children) node.children.push_back(resolve(child, snapshot));
  for (const WordField& word : plan.word) node.word.push_back(find_word(word, snapshot));
  for (const PhraseField& phrase : plan.phrase) {
    auto& slots = node.phrase.emplace_back();
    for (const PhraseField::Slot& slot : phrase.slots) {
      slots.push_back(find_lemmas(slot.lemmas, phrase.field, snapshot));
    }
  }
  return node;
}

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
  }
  return nullptr;
}

}  // namespace searchlib
