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
      : plan_(plan.word), snapshot_(snapshot), related_(related), scores_(scores) {
    find_leading();
    const size_t expected = leading_.size();
    found_.reserve(expected);
    names_.reserve(expected);
    for (size_t number = 0; number < plan_.size(); ++number) {
      const std::vector<std::string>& lemmas = names_in(number);
      for (size_t i = 0; i < lemmas.size(); ++i) add(lemmas[i], number, i);
    }
    const uint64_t num_docs = found_.empty() ? 0 : most_docs(plan_, snapshot_);
    for (ResolvedNode::Lemma& lemma : found_) {
      uint64_t df = 0;
      for (const Found& in : lemma.fields) df = std::max(df, in.df);
      lemma.idf = idf_of(num_docs, df);
      lemma.related = related;
    }
  }

  std::vector<ResolvedNode::Lemma> take() { return std::move(found_); }

 private:
  const std::vector<std::string>& names_in(size_t number) const {
    return related_ ? plan_[number].related : plan_[number].lemmas;
  }

  // Most words are in the longest field. There they are looked up first, and in the others beside it.
  void find_leading() {
    for (size_t number = 1; number < plan_.size(); ++number) {
      if (length_of(number) > length_of(leader_)) leader_ = number;
    }
    leading_.reserve(names_in(leader_).size());
    for (const std::string& lemma : names_in(leader_)) leading_.push_back(find(leader_, lemma, nullptr));
  }
  uint64_t length_of(size_t number) const { return snapshot_.totals(plan_[number].field).total_length; }

  // there: where the leading field has it; null if that is not known.
  Snapshot::Term find(size_t number, const std::string& name, const Snapshot::Term* there) {
    deadline_.tick(1 + 4 * static_cast<uint32_t>(snapshot_.segments().size()));
    const size_t field = plan_[number].field;
    return there == nullptr ? snapshot_.find(field, name)
                            : snapshot_.find_beside(field, name, plan_[leader_].field, *there);
  }

  // name: the i-th of the field's.
  void add(const std::string& name, size_t number, size_t i) {
    const std::vector<std::string>& leading = names_in(leader_);
    const bool is_beside = i < leading.size() && leading[i] == name;
    Snapshot::Term term = number == leader_ ? (number + 1 == plan_.size() ? std::move(leading_[i]) : leading_[i])
                                            : find(number, name, is_beside ? &leading_[i] : nullptr);
    const std::vector<uint64_t>& dfs = related_ ? plan_[number].related_dfs : plan_[number].dfs;
    const uint64_t df = dfs.empty() ? term.df : dfs[i];
    if (!counts(term, df, scores_)) return;
    const size_t at = number == 0 ? found_.size() : place_of(name);
    if (at == found_.size()) {
      found_.emplace_back().fields.reserve(plan_.size());
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

  const std::vector<WordField>& plan_;
  const Snapshot& snapshot_;
  bool related_, scores_;
  Deadline& deadline_ = Deadline::current();
  size_t leader_ = 0;                   // the number of the longest field
  std::vector<Snapshot::Term> leading_;  // of its lemmas
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
