#include "search/phrase_search.hpp"

#include <algorithm>
#include <memory>

#include "search/deadline.hpp"
#include "search/phrase_in_field.hpp"

namespace searchlib {
namespace {

// What several lists have, each once.
void unite(std::vector<uint32_t>& docs, std::vector<uint32_t> others) {
  if (docs.empty()) return docs.swap(others);
  docs.insert(docs.end(), others.begin(), others.end());
  std::sort(docs.begin(), docs.end());
  docs.erase(std::unique(docs.begin(), docs.end()), docs.end());
}

// A document's exact score counts all of its fields. Few have the phrase in the fields with the fewest postings,
// titles mostly: they are found first, all of them, and scored. Those that are left have it in the last field
// alone.
uint64_t search_fields(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                       const SegmentFilter* filter, TopK& top, bool all) {
  std::vector<std::unique_ptr<PhraseInField>> fields;
  for (size_t number = 0; number < plan.phrase.size(); ++number) {
    auto field = std::make_unique<PhraseInField>(plan, number, snapshot, segment, filter, &top);
    if (field->cost() > 0) fields.push_back(std::move(field));
  }
  if (fields.empty()) return 0;
  std::stable_sort(fields.begin(), fields.end(),
                   [](const auto& left, const auto& right) { return left->cost() < right->cost(); });
  std::vector<uint32_t> found;
  for (size_t i = 0; i + 1 < fields.size(); ++i) unite(found, fields[i]->find());
  if (!found.empty()) {
    const ScorerPtr scorer = make_scorer(plan, snapshot, segment);
    for (const uint32_t doc : found) {
      Deadline::current().tick();
      if (scorer->match(doc)) top.offer(scorer->score(), snapshot.segments()[segment].first_doc + doc);
    }
  }
  return found.size() + fields.back()->search(found, all);
}

}  // namespace

bool is_plain_phrase(const ResolvedNode& plan) {
  return plan.plan->kind == PlanNode::Kind::kPhrase && !plan.phrase.empty() &&
         is_sound_weight(plan.phrase_idf()) &&
         std::all_of(plan.plan->phrase.begin(), plan.plan->phrase.end(), [](const PhraseField& field) {
           return is_sound_weight(field.weight) && !field.slots.empty();
         });
}

uint64_t phrase_cost(const ResolvedNode& plan, size_t segment) {
  uint64_t cost = 0;
  for (size_t number = 0; number < plan.phrase.size(); ++number) {
    uint64_t least = plan.phrase[number].empty() ? 0 : UINT64_MAX;
    for (const auto& lemmas : plan.phrase[number]) {
      uint64_t postings = 0;
      for (const ResolvedNode::Found& lemma : lemmas) {
        const auto& info = lemma.term.in_segment[segment];
        if (info) postings += info->df;
      }
      least = std::min(least, postings);
    }
    cost += least;
  }
  return cost;
}

std::vector<uint32_t> find_phrase(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                                  bool omits_deleted) {
  std::vector<uint32_t> found;
  for (size_t number = 0; number < plan.phrase.size(); ++number) {
    if (plan.phrase[number].empty()) continue;
    unite(found, PhraseInField(plan, number, snapshot, segment, nullptr, nullptr, omits_deleted).find());
  }
  return found;
}

struct PhraseFilter::Fields {
  std::vector<std::unique_ptr<PhraseInField>> searches;
};

PhraseFilter::PhraseFilter(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                           bool omits_deleted)
    : fields_(std::make_unique<Fields>()) {
  for (size_t number = 0; number < plan.phrase.size(); ++number) {
    if (plan.phrase[number].empty()) continue;
    auto field =
        std::make_unique<PhraseInField>(plan, number, snapshot, segment, nullptr, nullptr, omits_deleted);
    if (field->cost() > 0) fields_->searches.push_back(std::move(field));
  }
}

PhraseFilter::~PhraseFilter() = default;

void PhraseFilter::keep(std::vector<uint32_t>& docs) {
  std::vector<uint32_t> found;
  for (const auto& field : fields_->searches) {
    std::vector<uint32_t> here = docs;
    field->keep(here);
    unite(found, std::move(here));
  }
  docs.swap(found);
}

uint64_t search_phrase(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                       const SegmentFilter* filter, TopK& top, bool all) {
  if (plan.phrase.size() > 1) return search_fields(plan, snapshot, segment, filter, top, all);
  return PhraseInField(plan, 0, snapshot, segment, filter, &top).search({}, all);
}

}  // namespace searchlib
