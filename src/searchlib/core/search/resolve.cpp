#include "search/resolve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/deadline.hpp"
#include "search/filter_plan.hpp"

namespace searchlib {
namespace {

using Found = ResolvedNode::Found;

// A lemma that no live document holds can neither score nor weigh. What is found for no scores a segment may keep for
// other snapshots, with other deletes (doc_filter.hpp): there a lemma counts that a segment has, whoever holds it.
bool counts(const Snapshot::Term& term, uint64_t df, bool scores) {
  return df > 0 || (!scores && std::any_of(term.in_segment.begin(), term.in_segment.end(),
                                                [](const auto& info) { return info.has_value(); }));
}

template <class Field>
uint64_t most_docs(const std::vector<Field>& fields, const Snapshot& snapshot) {
  uint64_t most = 0;
  for (const Field& field : fields) most = std::max(most, snapshot.totals(field.field).num_docs);
  return most;
}

// The lemmas of one kind, the word's own or related ones, as they are met field after field.
class LemmasOfWord {
 public:
  LemmasOfWord(const PlanNode& plan, const Snapshot& snapshot, bool related, bool scores)
      : num_fields_(plan.word.size()), scores_(scores) {
    const size_t expected = related ? plan.word[0].related.size() : plan.word[0].lemmas.size();
    found_.reserve(expected);
    names_.reserve(expected);
    Deadline& deadline = Deadline::current();
    for (size_t number = 0; number < plan.word.size(); ++number) {
      const WordField& word = plan.word[number];
      const std::vector<std::string>& lemmas = related ? word.related : word.lemmas;
      const std::vector<uint64_t>& dfs = related ? word.related_dfs : word.dfs;
      for (size_t place = 0; place < lemmas.size(); ++place) {
        deadline.tick(1 + 4 * static_cast<uint32_t>(snapshot.segments().size()));
        add(lemmas[place], number, plan.word, snapshot, dfs.empty() ? nullptr : &dfs[place]);
      }
    }
    const uint64_t num_docs = found_.empty() ? 0 : most_docs(plan.word, snapshot);
    for (ResolvedNode::Lemma& lemma : found_) {
      uint64_t df = 0;
      for (const Found& in : lemma.fields) df = std::max(df, in.df);
      lemma.idf = idf_of(num_docs, df);
      lemma.related = related;
    }
  }

  std::vector<ResolvedNode::Lemma> take() { return std::move(found_); }

 private:
  // known_df: where it is not the snapshot's own.
  void add(const std::string& name, size_t number, const std::vector<WordField>& plan,
           const Snapshot& snapshot, const uint64_t* known_df) {
    const size_t at = number == 0 ? found_.size() : place_of(name);
    const size_t field = plan[number].field;
    const Found* known = at == found_.size() ? nullptr : &found_[at].fields.front();
    Snapshot::Term term = known == nullptr
                              ? snapshot.find(field, name)
                              : snapshot.find_beside(field, name, plan[known->number].field, known->term);
    const uint64_t df = known_df == nullptr ? term.df : *known_df;
    if (!counts(term, df, scores_)) return;
    if (at == found_.size()) {
      found_.emplace_back().fields.reserve(num_fields_);
      names_.push_back(&name);
    }
    std::vector<Found>& fields = found_[at].fields;
    // A lemma that is listed twice in one field counts once.
    if (fields.empty() || fields.back().number != number) fields.push_back({number, std::move(term), df});
  }

  // Fields mostly have the same lemmas in the same order.
  size_t place_of(const std::string& name) {
    for (size_t tried = 0; tried < names_.size(); ++tried) {
      next_ = next_ < names_.size() ? next_ : 0;
      const size_t at = next_++;
      if (*names_[at] == name) return at;
    }
    return names_.size();
  }

  size_t num_fields_;
  bool scores_;
  std::vector<ResolvedNode::Lemma> found_;
  std::vector<const std::string*> names_;  // the plan's
  size_t next_ = 0;
};

void find_signals(Found& found, const WordField& word, const Snapshot& snapshot) {
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const auto& info = found.term.in_segment[i];
    const FieldParts& parts = snapshot.segments()[i].segment->field(word.field);
    found.signals.push_back(info ? LemmaSignals(word.signals, parts, *info) : LemmaSignals());
  }
}

std::vector<ResolvedNode::Lemma> find_word(const PlanNode& plan, const Snapshot& snapshot, bool scores) {
  std::vector<ResolvedNode::Lemma> found = LemmasOfWord(plan, snapshot, false, scores).take();
  for (ResolvedNode::Lemma& lemma : found) {
    for (Found& in : lemma.fields) {
      const WordField& word = plan.word[in.number];
      if (scores && word.signals.most() > 0) find_signals(in, word, snapshot);
    }
  }
  double related_weight = 0;
  for (const WordField& word : plan.word) related_weight = std::max(related_weight, word.related_weight);
  if (related_weight == 0) return found;
  double most = std::numeric_limits<double>::infinity();
  for (const ResolvedNode::Lemma& own : found) most = std::min(most, own.idf);
  for (ResolvedNode::Lemma& related : LemmasOfWord(plan, snapshot, true, scores).take()) {
    related.idf = related_weight * std::min(related.idf, most);
    found.push_back(std::move(related));
  }
  return found;
}

// Of a phrase's word that another one follows.
void find_widths(std::vector<Found>& lemmas, const PhraseField& phrase, const Snapshot& snapshot) {
  for (Found& lemma : lemmas) {
    for (size_t i = 0; i < snapshot.segments().size(); ++i) {
      const auto& info = lemma.term.in_segment[i];
      const FieldParts& parts = snapshot.segments()[i].segment->field(phrase.field);
      lemma.widths.push_back(info ? FormWidths(parts, *info, phrase.divides) : FormWidths());
    }
  }
}

// The largest df of each lemma over the fields, and the least idf of them.
double idf_of_slot(const PlanNode& plan, size_t slot, const std::vector<uint64_t>& dfs, uint64_t num_docs) {
  double least = std::numeric_limits<double>::infinity();
  size_t at = 0;
  std::vector<std::pair<const std::string*, uint64_t>> most;
  for (const PhraseField& field : plan.phrase) {
    if (slot >= field.slots.size()) continue;
    for (const std::string& lemma : field.slots[slot].lemmas) {
      const uint64_t df = dfs[at++];
      const auto known =
          std::find_if(most.begin(), most.end(), [&](const auto& each) { return *each.first == lemma; });
      if (known == most.end()) {
        most.emplace_back(&lemma, df);
      } else {
        known->second = std::max(known->second, df);
      }
    }
  }
  for (const auto& [lemma, df] : most) {
    if (df > 0) least = std::min(least, idf_of(num_docs, df));
  }
  return std::isinf(least) ? 0 : least;  // the word is nowhere, and nothing matches
}

void find_phrase(const PlanNode& plan, const Snapshot& snapshot, ResolvedNode& node, bool scores) {
  size_t num_slots = 0;
  for (const PhraseField& phrase : plan.phrase) num_slots = std::max(num_slots, phrase.slots.size());
  std::vector<std::vector<uint64_t>> dfs(num_slots);  // of each slot's lemmas, field after field
  for (size_t number = 0; number < plan.phrase.size(); ++number) {
    const PhraseField& phrase = plan.phrase[number];
    auto& slots = node.phrase.emplace_back();
    for (size_t slot = 0; slot < phrase.slots.size(); ++slot) {
      std::vector<Found>& found = slots.emplace_back();
      Deadline& deadline = Deadline::current();
      const auto& [offset, lemmas, known_dfs] = phrase.slots[slot];
      for (size_t place = 0; place < lemmas.size(); ++place) {
        deadline.tick(1 + 4 * static_cast<uint32_t>(snapshot.segments().size()));
        Snapshot::Term term = snapshot.find(phrase.field, lemmas[place]);
        const uint64_t df = known_dfs.empty() ? term.df : known_dfs[place];
        dfs[slot].push_back(df);
        if (!counts(term, df, scores)) continue;
        found.push_back({number, std::move(term), df});
        found.back().place = place;
      }
    }
    for (size_t i = 0; i + 1 < slots.size(); ++i) find_widths(slots[i], phrase, snapshot);
  }
  const uint64_t num_docs = most_docs(plan.phrase, snapshot);
  for (size_t slot = 0; slot < num_slots; ++slot)
    node.slot_idf.push_back(idf_of_slot(plan, slot, dfs[slot], num_docs));
}

}  // namespace

double ResolvedNode::phrase_idf() const {
  double sum = 0;
  for (const double idf : slot_idf) sum += idf;
  return sum;
}

double ResolvedNode::least_own_idf() const {
  double least = std::numeric_limits<double>::infinity();
  for (const Lemma& lemma : word) {
    if (!lemma.related) least = std::min(least, lemma.idf);
  }
  return least;
}

size_t num_bounding(const std::vector<std::vector<Found>>& slots, uint32_t slop, size_t segment) {
  if (slop > 0) return 1;
  size_t count = 0;
  bool are_one = true;
  while (count < slots.size() && are_one) {
    for (const Found& lemma : slots[count])
      are_one = are_one && (lemma.widths.empty() || lemma.widths[segment].are_one());
    ++count;
  }
  return count;
}

ResolvedNode resolve(const PlanNode& plan, const Snapshot& snapshot, bool scores) {
  ResolvedNode node;
  node.plan = &plan;
  for (const PlanNode& child : plan.children) node.children.push_back(resolve(child, snapshot, scores));
  if (plan.passes) node.children.push_back(resolve(plan.passes->plan(), snapshot, false));
  if (!plan.word.empty()) node.word = find_word(plan, snapshot, scores);
  if (!plan.phrase.empty()) find_phrase(plan, snapshot, node, scores);
  return node;
}

}  // namespace searchlib
