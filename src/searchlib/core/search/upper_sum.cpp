#include "search/upper_sum.hpp"

#include <algorithm>
#include <set>

#include "postings/rounding.hpp"
#include "search/choose.hpp"
#include "search/exact_sums.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// A word of the plan, below its boosts, and how much its score is to be multiplied by.
struct Part {
  const PlanNode* word;
  double boost;
  double factor;
  double idf;  // of its most frequent lemma
};

bool collect_word(const ResolvedNode& node, double boost, std::vector<Part>& parts) {
  const PlanNode& plan = *node.plan;
  if (plan.kind == Kind::kBoost) return collect_word(node.children[0], boost * plan.boost, parts);
  if (plan.kind != Kind::kWord) return false;
  double raise = 0;
  for (const WordField& field : plan.word) raise = std::max(raise, field.signals.most());
  parts.push_back({&plan, boost, 1 + raise, node.least_own_idf()});
  return true;
}

bool collect_words(const ResolvedNode& node, std::vector<Part>& parts) {
  if (node.plan->kind != Kind::kOr && node.plan->kind != Kind::kAnd) return collect_word(node, 1, parts);
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const ResolvedNode& child) { return collect_word(child, 1, parts); });
}

// Whether the word is searched wherever the phrase is, and has there the lemmas of the phrase's slot.
bool covers(const PlanNode& word, const PlanNode& phrase, size_t slot) {
  return std::all_of(phrase.phrase.begin(), phrase.phrase.end(), [&](const PhraseField& wanted) {
    return std::any_of(word.word.begin(), word.word.end(), [&](const WordField& field) {
      return field.field == wanted.field && field.weight == wanted.weight &&
             field.lemmas == wanted.slots[slot].lemmas;
    });
  });
}

size_t num_lemmas(const PlanNode& word) {
  if (word.word.size() == 1) return word.word[0].lemmas.size();
  std::set<std::string_view> distinct;
  for (const WordField& field : word.word) distinct.insert(field.lemmas.begin(), field.lemmas.end());
  return distinct.size();
}

// How many widths the forms of a phrase's word have, in one field: as many matches may end at one place.
size_t num_widths(const ResolvedNode& phrase, size_t slot) {
  size_t most = 1;
  for (const auto& slots : phrase.phrase) {
    std::vector<uint32_t> distinct;
    for (const ResolvedNode::Found& lemma : slots[slot]) {
      for (const FormWidths& widths : lemma.widths) widths.add_to(distinct);
    }
    most = std::max(most, distinct.size());
  }
  return most;
}

bool add_phrase(const ResolvedNode& node, double boost, std::vector<Part>& parts) {
  const PlanNode& phrase = *node.plan;
  if (phrase.slop != 0 || phrase.phrase.empty()) return false;
  const size_t num_slots = phrase.phrase.front().slots.size();
  for (const PhraseField& field : phrase.phrase) {
    if (field.slots.size() != num_slots) return false;
  }
  double num_sharing = 1;  // matches that may share a place of the slot's word
  for (size_t slot = 0; slot < num_slots; ++slot) {
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&](const Part& each) { return covers(*each.word, phrase, slot); });
    if (part == parts.end() || part->boost <= 0) return false;
    const double more = std::max(node.slot_idf[slot] / part->idf, 1.0);
    part->factor += boost / part->boost * static_cast<double>(num_lemmas(*part->word)) * num_sharing * more;
    num_sharing *= static_cast<double>(num_widths(node, slot));
  }
  return true;
}

bool add_extras(const ResolvedNode& node, double boost, std::vector<Part>& parts) {
  const PlanNode& plan = *node.plan;
  if (plan.kind == Kind::kBoost) return add_extras(node.children[0], boost * plan.boost, parts);
  if (plan.kind == Kind::kPhrase) return add_phrase(node, boost, parts);
  return plan.kind == Kind::kOr &&
         std::all_of(node.children.begin(), node.children.end(),
                     [&](const ResolvedNode& child) { return add_extras(child, boost, parts); });
}

PlanNode at_weight(const Part& part) {
  PlanNode boosted;
  boosted.kind = Kind::kBoost;
  boosted.boost = part.boost * part.factor;
  boosted.children.push_back(*part.word);
  for (WordField& field : boosted.children.front().word) field.signals = {};
  return boosted;
}

// The documents match: they hold one of the words, or all of them, as the plan asks.
std::vector<ScoredDoc> rank(const std::vector<uint32_t>& docs, const ResolvedNode& plan,
                            const Snapshot& snapshot, size_t limit) {
  return rank_documents(docs, snapshot, limit, [&](size_t segment) {
    return [scorer = make_scorer(plan, snapshot, segment)](uint32_t doc) {
      return scorer->match(doc) ? scorer->score() : 0;
    };
  });
}

}  // namespace

std::optional<PlanNode> upper_sum_of(const ResolvedNode& resolved) {
  const PlanNode& plan = *resolved.plan;
  const ResolvedNode& words = plan.kind == Kind::kMaybe ? resolved.children[0] : resolved;
  std::vector<Part> parts;
  if (!collect_words(words, parts)) return std::nullopt;
  if (plan.kind == Kind::kMaybe && !add_extras(resolved.children[1], 1, parts)) return std::nullopt;
  PlanNode upper;
  upper.kind = words.plan->kind == Kind::kAnd ? Kind::kAnd : Kind::kOr;
  for (const Part& part : parts) upper.children.push_back(at_weight(part));
  return can_choose(upper) ? std::optional(std::move(upper)) : std::nullopt;
}

std::vector<ScoredDoc> search_by_upper_sum(const ResolvedNode& resolved, const PlanNode& upper,
                                           const Snapshot& snapshot, size_t limit, size_t terms) {
  const ResolvedNode resolved_upper = resolve(upper, snapshot);
  // The best by the sum are mostly among the best: the worst of these bounds all others.
  const size_t probed = limit + limit / 2 + 16;
  const std::vector<uint32_t> likely = choose(resolved_upper, snapshot, probed, 0, terms);
  const std::vector<ScoredDoc> best = rank(likely, resolved, snapshot, limit);
  if (best.size() < limit) return best;  // there are no others
  const float threshold = round_down(best.back().score);
  return rank(choose(resolved_upper, snapshot, SIZE_MAX, threshold, terms), resolved, snapshot, limit);
}

}  // namespace searchlib
