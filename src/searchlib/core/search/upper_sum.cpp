#include "search/upper_sum.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "postings/rounding.hpp"
#include "search/choose.hpp"
#include "search/column_signals.hpp"
#include "search/exact_sums.hpp"

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

}  // namespace

// Of words that are not sure, documents hold some without a match.
std::vector<ScoredDoc> rank_matches(const std::vector<uint32_t>& docs, const ResolvedNode& plan,
                                    const Snapshot& snapshot, size_t limit) {
  constexpr double kNoMatch = -1;
  std::vector<ScoredDoc> ranked = rank_documents(docs, snapshot, limit, [&](size_t segment) {
    return [scorer = make_scorer(plan, snapshot, segment)](uint32_t doc) {
      return scorer && scorer->match(doc) ? scorer->score() : kNoMatch;
    };
  });
  std::erase_if(ranked, [](const ScoredDoc& doc) { return doc.score == kNoMatch; });
  return ranked;
}

float score_reached(const std::vector<ScoredDoc>& ranked, size_t limit) {
  return ranked.empty() || ranked.size() < limit ? 0 : round_down(ranked[limit - 1].score);
}

std::optional<UpperSum> upper_sum_of(const ResolvedNode& whole, const Snapshot& snapshot) {
  // Values in columns raise all that a document scores by a factor, which is bounded.
  const bool is_raised = whole.plan->kind == Kind::kRaised;
  double most_raised = 1;
  for (size_t i = 0; is_raised && i < snapshot.segments().size(); ++i)
    most_raised = std::max(most_raised, SegmentSignals(*whole.plan, *snapshot.segments()[i].segment).most());
  const ResolvedNode& resolved = is_raised ? whole.children[0] : whole;
  const PlanNode& plan = *resolved.plan;
  const ResolvedNode& words = plan.kind == Kind::kMaybe ? resolved.children[0] : resolved;
  std::vector<BoundPart> parts;
  if (!collect_parts(words, parts) || parts.empty()) return std::nullopt;
  if (plan.kind == Kind::kMaybe && !add_extras(resolved.children[1], parts)) return std::nullopt;
  UpperSum upper;
  upper.bound = bounding_sum(words.plan->kind == Kind::kAnd ? Kind::kAnd : Kind::kOr, parts, upper.most);
  if (!can_choose(*upper.bound.plan)) return std::nullopt;
  upper.most *= most_raised;
  if (is_raised) {
    for (ResolvedNode& part : upper.bound.words.children) {
      for (ResolvedNode::Lemma& lemma : part.children.front().word) lemma.idf *= most_raised;
    }
  }
  if (!std::all_of(parts.begin(), parts.end(), [](const BoundPart& part) { return part.is_sure; })) {
    upper.sure = sure_sum(parts);
    if (upper.sure->words.children.empty()) return std::nullopt;
  }
  return upper;
}

namespace {

// reached: a score that so many documents reach as are wanted. known: documents whose scores are known: none, or as many and in order. most: no document scores less than the sum divided by
// this; infinite if nothing is known of that.
std::vector<ScoredDoc> search_from(const ResolvedNode& resolved, const ResolvedNode& sum, double most,
                                   const Snapshot& snapshot, size_t limit, size_t terms, float reached,
                                   const std::vector<ScoredDoc>& known, const DocFilter* filter,
                                   const std::optional<ScoredDoc>& after) {
  Candidates candidates(limit, reached, terms, most);
  if (after) candidates.end_at(after->score);
  add_candidates_of(sum, snapshot, filter, candidates);
  std::vector<Candidate> chosen = candidates.scored_survivors();
  const auto docs_of = [](std::span<const Candidate> some) {
    std::vector<uint32_t> docs;
    docs.reserve(some.size());
    for (const Candidate& candidate : some) docs.push_back(candidate.doc);
    sort_distinct(docs);
    return docs;
  };
  if (after) {
    std::vector<ScoredDoc> behind = rank_matches(docs_of(chosen), resolved, snapshot, chosen.size());
    keep_behind(behind, *after);
    keep_best(behind, limit);
    return behind;
  }
  // The best by the sum are mostly among the best. So they come first, and the worst of the best so far bounds those
  // that are left, a few more each time.
  std::vector<ScoredDoc> best = known;
  std::erase_if(chosen, [&](const Candidate& candidate) {
    return std::any_of(known.begin(), known.end(),
                       [&](const ScoredDoc& one) { return one.doc == candidate.doc; });
  });
  keep_best(best, limit);
  auto begin = chosen.begin();
  for (size_t batch = limit; begin != chosen.end(); batch *= 3) {
    const auto num_left = static_cast<size_t>(chosen.end() - begin);
    const auto end = begin + static_cast<std::ptrdiff_t>(std::min(batch, num_left));
    std::nth_element(begin, end, chosen.end(),
                     [](const Candidate& left, const Candidate& right) { return left.score > right.score; });
    const std::vector<ScoredDoc> more = rank_matches(docs_of({begin, end}), resolved, snapshot, limit);
    best.insert(best.end(), more.begin(), more.end());
    keep_best(best, limit);
    begin = end;
    if (best.size() < limit) continue;
    const float least = round_down(best.back().score) * (1 - kSlack - slack_of_terms(terms));
    chosen.erase(std::remove_if(begin, chosen.end(),
                                [&](const Candidate& candidate) { return below(candidate.score, least); }),
                 chosen.end());
  }
  return best;
}

}  // namespace

std::optional<std::vector<ScoredDoc>> search_by_upper_sum(const ResolvedNode& resolved, const UpperSum& upper,
                                                          const Snapshot& snapshot, size_t limit,
                                                          size_t terms, const std::vector<ScoredDoc>& known,
                                                          const DocFilter* filter,
                                                          const std::optional<ScoredDoc>& after) {
  const float reached = score_reached(known, limit);
  if (upper.sure) {
    if (after) return std::nullopt;
    const ResolvedNode& sure = upper.sure->words;
    // What is reached already may take more than the sure words, and would leave too few of them.
    const std::vector<uint32_t> docs = choose(sure, snapshot, limit, terms, filter);
    const std::vector<ScoredDoc> best = rank_sums(docs, sure, snapshot, limit);
    if (best.size() < limit) return std::nullopt;
    const float least = std::max(reached, round_down(best.back().score));
    return search_from(resolved, upper.bound.words, std::numeric_limits<double>::infinity(), snapshot, limit,
                       terms, least, known, filter, std::nullopt);
  }
  // The words alone give a score that the best reach, for all else adds to it.
  const bool is_known = upper.bound.plan->kind == Kind::kOr && !after;
  const auto from = [&](float least) {
    return search_from(resolved, upper.bound.words, upper.most, snapshot, limit, terms, least, known, filter,
                       after);
  };
  const float likely = likely_threshold(resolved, is_known, snapshot, limit, filter);
  if (likely > reached) {
    std::vector<ScoredDoc> best = from(likely);
    if (best.size() == limit && best.back().score >= double{likely}) return best;
  }
  return from(std::max(known_threshold(resolved, is_known, snapshot, limit, filter), reached));
}

std::optional<std::vector<ScoredDoc>> search_among_matches(const ResolvedNode& plan, const Snapshot& snapshot,
                                                           size_t limit, size_t terms,
                                                           const DocFilter& matches) {
  std::vector<BoundPart> parts;
  if (!collect_counting_parts(plan, parts) || parts.empty()) return std::nullopt;
  const bool has_signals = std::any_of(parts.begin(), parts.end(), [](const BoundPart& part) {
    return std::any_of(part.node->word.begin(), part.node->word.end(), [](const auto& lemma) {
      return std::any_of(lemma.fields.begin(), lemma.fields.end(),
                         [](const ResolvedNode::Found& found) { return !found.signals.empty(); });
    });
  });
  if (has_signals) return std::nullopt;
  double most = 1;
  const WordSum sum = bounding_sum(Kind::kOr, parts, most);
  const bool are_sure =
      std::all_of(parts.begin(), parts.end(), [](const BoundPart& part) { return part.is_sure; });
  if (!are_sure)
    most = std::numeric_limits<double>::infinity();  // a phrase may score far less than its rarest word
  if (!can_choose(*sum.plan)) return std::nullopt;   // a match may weigh nothing, or more than a float holds
  return search_from(plan, sum.words, most, snapshot, limit, terms, 0, {}, &matches, std::nullopt);
}

}  // namespace searchlib
