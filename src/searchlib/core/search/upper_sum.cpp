#include "search/upper_sum.hpp"

#include <algorithm>

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
};

bool collect_word(const PlanNode& node, double boost, std::vector<Part>& parts) {
  if (node.kind == Kind::kBoost) return collect_word(node.children[0], boost * node.boost, parts);
  if (node.kind != Kind::kWord) return false;
  double raise = 0;
  for (const WordField& field : node.word) raise = std::max(raise, field.signals.most());
  parts.push_back({&node, boost, 1 + raise});
  return true;
}

bool collect_words(const PlanNode& node, std::vector<Part>& parts) {
  if (node.kind != Kind::kOr && node.kind != Kind::kAnd) return collect_word(node, 1, parts);
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const PlanNode& child) { return collect_word(child, 1, parts); });
}

// Whether the word is searched wherever the phrase is, and has there the lemmas of the phrase's slot.
bool covers(const PlanNode& word, const PlanNode& phrase, size_t slot) {
  return std::all_of(phrase.phrase.begin(), phrase.phrase.end(), [&](const PhraseField& wanted) {
    return std::any_of(word.word.begin(), word.word.end(), [&](const WordField& field) {
      return field.field == wanted.field && field.boost == wanted.boost &&
             field.lemmas == wanted.slots[slot].lemmas;
    });
  });
}

size_t most_lemmas(const PlanNode& word) {
  size_t most = 1;
  for (const WordField& field : word.word) most = std::max(most, field.lemmas.size());
  return most;
}

bool add_phrase(const PlanNode& phrase, double boost, std::vector<Part>& parts) {
  if (phrase.slop != 0 || phrase.phrase.empty()) return false;
  const size_t num_slots = phrase.phrase.front().slots.size();
  for (const PhraseField& field : phrase.phrase) {
    if (field.slots.size() != num_slots) return false;
  }
  for (size_t slot = 0; slot < num_slots; ++slot) {
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&](const Part& each) { return covers(*each.word, phrase, slot); });
    if (part == parts.end() || part->boost <= 0) return false;
    part->factor += boost / part->boost * static_cast<double>(most_lemmas(*part->word));
  }
  return true;
}

bool add_extras(const PlanNode& node, double boost, std::vector<Part>& parts) {
  if (node.kind == Kind::kBoost) return add_extras(node.children[0], boost * node.boost, parts);
  if (node.kind == Kind::kPhrase) return add_phrase(node, boost, parts);
  return node.kind == Kind::kOr &&
         std::all_of(node.children.begin(), node.children.end(),
                     [&](const PlanNode& child) { return add_extras(child, boost, parts); });
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

std::optional<PlanNode> upper_sum_of(const PlanNode& plan) {
  const PlanNode& words = plan.kind == Kind::kMaybe ? plan.children[0] : plan;
  std::vector<Part> parts;
  if (!collect_words(words, parts)) return std::nullopt;
  if (plan.kind == Kind::kMaybe && !add_extras(plan.children[1], 1, parts)) return std::nullopt;
  PlanNode upper;
  upper.kind = words.kind == Kind::kAnd ? Kind::kAnd : Kind::kOr;
  for (const Part& part : parts) upper.children.push_back(at_weight(part));
  return can_choose(upper) ? std::optional(std::move(upper)) : std::nullopt;
}

std::vector<ScoredDoc> search_by_upper_sum(const PlanNode& plan, const PlanNode& upper,
                                           const Snapshot& snapshot, size_t limit, size_t terms) {
  const ResolvedNode resolved = resolve(plan, snapshot);
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
