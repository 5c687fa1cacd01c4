#include "search/upper_sum.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <span>

#include "postings/rounding.hpp"
#include "search/choose.hpp"
#include "search/column_signals.hpp"
#include "search/exact_sums.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// A word of the plan, below its boosts.
struct Part {
  const ResolvedNode* node;
  const PlanNode* word;
  double boost;
  double extra;  // what phrases add, at most, as a part of what its lemmas score
  double idf;    // of its most frequent lemma
};

bool collect_word(const ResolvedNode& node, double boost, std::vector<Part>& parts) {
  const PlanNode& plan = *node.plan;
  if (plan.kind == Kind::kBoost) return collect_word(node.children[0], boost * plan.boost, parts);
  if (plan.kind != Kind::kWord) return false;
  parts.push_back({&node, &plan, boost, 0, node.least_own_idf()});
  return true;
}

bool collect_words(const ResolvedNode& node, std::vector<Part>& parts) {
  if (node.plan->kind != Kind::kOr && node.plan->kind != Kind::kAnd) return collect_word(node, 1, parts);
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const ResolvedNode& child) { return collect_word(child, 1, parts); });
}

// The words of a tree each of which counts wherever it stands; false if it is no such tree. any: below an OR.
bool collect_tree(const ResolvedNode& node, double boost, bool any, std::vector<Part>& parts) {
  const PlanNode& plan = *node.plan;
  const auto each = [&](double factor, bool is_any) {
    return std::all_of(node.children.begin(), node.children.end(),
                       [&](const ResolvedNode& child) { return collect_tree(child, factor, is_any, parts); });
  };
  switch (plan.kind) {
    case Kind::kWord:
      return collect_word(node, boost, parts);
    case Kind::kBoost:
      return each(boost * plan.boost, any);
    case Kind::kOr:
      return each(boost, true);
    case Kind::kAnd:
      return !any && each(boost, false);
    case Kind::kNot:
      return !any && collect_tree(node.children[0], boost, false, parts);
    default:
      return false;
  }
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
    part->extra += boost / part->boost * static_cast<double>(num_lemmas(*part->word)) * num_sharing * more;
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

// The word as the sum has it: its boost, its fields and no more, for its lemmas are found.
PlanNode plan_of(const Part& part) {
  PlanNode word;
  word.kind = Kind::kWord;
  for (const WordField& field : part.word->word) word.word.push_back({field.field, field.weight, {}});
  PlanNode boosted;
  boosted.kind = Kind::kBoost;
  boosted.boost = part.boost;
  boosted.children.push_back(std::move(word));
  return boosted;
}

// Its lemmas at the weights that bound them. most: raised to how many times its score a lemma may have.
ResolvedNode lemmas_of(const Part& part, const PlanNode& boosted, double& most) {
  ResolvedNode word;
  word.plan = &boosted.children.front();
  word.word.reserve(part.node->word.size());
  for (const ResolvedNode::Lemma& lemma : part.node->word) {
    const Raise raise = raise_of(lemma);
    const double factor = 1 + raise.most + part.extra;
    most = std::max(most, factor / (1 + raise.least));
    ResolvedNode::Lemma& bound = word.word.emplace_back();
    bound.idf = lemma.idf * factor;
    for (const ResolvedNode::Found& found : lemma.fields) bound.fields.push_back({found.number, found.term});
  }
  ResolvedNode node;
  node.plan = &boosted;
  node.children.push_back(std::move(word));
  return node;
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

// An OR or an AND of the words.
UpperSum sum_of(Kind kind, const std::vector<Part>& parts) {
  UpperSum sum{std::make_unique<PlanNode>(), {}};
  sum.plan->kind = kind;
  for (const Part& part : parts) sum.plan->children.push_back(plan_of(part));
  sum.words.plan = sum.plan.get();
  for (size_t i = 0; i < parts.size(); ++i)
    sum.words.children.push_back(lemmas_of(parts[i], sum.plan->children[i], sum.most));
  return sum;
}

}  // namespace

std::optional<UpperSum> upper_sum_of(const ResolvedNode& whole, const Snapshot& snapshot) {
  // Values in columns raise all that a document scores by a factor, which is bounded.
  const bool is_raised = whole.plan->kind == Kind::kRaised;
  double most_raised = 1;
  for (size_t i = 0; is_raised && i < snapshot.segments().size(); ++i)
    most_raised = std::max(most_raised, SegmentSignals(*whole.plan, *snapshot.segments()[i].segment).most());
  const ResolvedNode& resolved = is_raised ? whole.children[0] : whole;
  const PlanNode& plan = *resolved.plan;
  const ResolvedNode& words = plan.kind == Kind::kMaybe ? resolved.children[0] : resolved;
  std::vector<Part> parts;
  if (!collect_words(words, parts)) return std::nullopt;
  if (plan.kind == Kind::kMaybe && !add_extras(resolved.children[1], 1, parts)) return std::nullopt;
  UpperSum upper = sum_of(words.plan->kind == Kind::kAnd ? Kind::kAnd : Kind::kOr, parts);
  if (!can_choose(*upper.plan)) return std::nullopt;
  upper.most *= most_raised;
  if (is_raised) {
    for (ResolvedNode& part : upper.words.children) {
      for (ResolvedNode::Lemma& lemma : part.children.front().word) lemma.idf *= most_raised;
    }
  }
  return upper;
}

namespace {

// reached: a score that so many documents reach as are wanted.
std::vector<ScoredDoc> search_from(const ResolvedNode& resolved, const UpperSum& upper,
                                   const Snapshot& snapshot, size_t limit, size_t terms, float reached,
                                   const DocFilter* filter, const std::optional<ScoredDoc>& after) {
  Candidates candidates(limit, reached, terms, upper.most);
  if (after) candidates.end_at(after->score);
  add_candidates_of(upper.words, snapshot, filter, candidates);
  std::vector<Candidate> chosen = candidates.scored_survivors();
  const auto docs_of = [](std::span<const Candidate> some) {
    std::vector<uint32_t> docs;
    docs.reserve(some.size());
    for (const Candidate& candidate : some) docs.push_back(candidate.doc);
    std::sort(docs.begin(), docs.end());
    return docs;
  };
  if (after) {
    std::vector<ScoredDoc> behind = rank(docs_of(chosen), resolved, snapshot, chosen.size());
    keep_behind(behind, *after);
    keep_best(behind, limit);
    return behind;
  }
  if (chosen.size() <= limit) return rank(docs_of(chosen), resolved, snapshot, limit);
  // The best by the sum are mostly among the best: the worst of these bounds all others.
  const auto end = chosen.begin() + static_cast<std::ptrdiff_t>(limit);
  std::nth_element(chosen.begin(), end, chosen.end(),
                   [](const Candidate& left, const Candidate& right) { return left.score > right.score; });
  std::vector<ScoredDoc> best = rank(docs_of({chosen.begin(), end}), resolved, snapshot, limit);
  const float least = round_down(best.back().score) * (1 - kSlack - slack_of_terms(terms));
  chosen.erase(std::remove_if(end, chosen.end(),
                              [&](const Candidate& candidate) { return below(candidate.score, least); }),
               chosen.end());
  const std::vector<ScoredDoc> others = rank(docs_of({end, chosen.end()}), resolved, snapshot, limit);
  best.insert(best.end(), others.begin(), others.end());
  keep_best(best, limit);
  return best;
}

}  // namespace

std::vector<ScoredDoc> search_by_upper_sum(const ResolvedNode& resolved, const UpperSum& upper,
                                           const Snapshot& snapshot, size_t limit, size_t terms,
                                           float reached, const DocFilter* filter,
                                           const std::optional<ScoredDoc>& after) {
  // The words alone give a score that the best reach, for all else adds to it.
  const bool is_known = upper.plan->kind == Kind::kOr && !after;
  const float likely = likely_threshold(resolved, is_known, snapshot, limit, filter);
  if (likely > reached) {
    std::vector<ScoredDoc> best = search_from(resolved, upper, snapshot, limit, terms, likely, filter, after);
    if (best.size() == limit && best.back().score >= double{likely}) return best;
  }
  const float known = known_threshold(resolved, is_known, snapshot, limit, filter);
  return search_from(resolved, upper, snapshot, limit, terms, std::max(known, reached), filter, after);
}

std::optional<std::vector<ScoredDoc>> search_among_matches(const ResolvedNode& plan, const Snapshot& snapshot,
                                                           size_t limit, size_t terms,
                                                           const DocFilter& matches) {
  std::vector<Part> parts;
  if (!collect_tree(plan, 1, false, parts) || parts.empty()) return std::nullopt;
  const bool has_signals = std::any_of(parts.begin(), parts.end(), [](const Part& part) {
    return std::any_of(part.node->word.begin(), part.node->word.end(), [](const auto& lemma) {
      return std::any_of(lemma.fields.begin(), lemma.fields.end(),
                         [](const ResolvedNode::Found& found) { return !found.signals.empty(); });
    });
  });
  if (has_signals) return std::nullopt;
  const UpperSum sum = sum_of(Kind::kOr, parts);
  if (!can_choose(*sum.plan)) return std::nullopt;  // a match may weigh nothing, or more than a float holds
  return search_from(plan, sum, snapshot, limit, terms, 0, &matches, std::nullopt);
}

}  // namespace searchlib
