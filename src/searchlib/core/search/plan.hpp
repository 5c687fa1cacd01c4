// A query as the core evaluates it: a tree of plain data, made by the planner. Lemmas and
// field numbers, no grammar.

#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "search/form_pattern.hpp"
#include "search/signals.hpp"

namespace searchlib {

// A word in one of the fields that it is searched in. Over them all
//   score = max over lemmas  idf · (x / (x + K) + what the signals raise it by),
// x the lemma's weighed places in the fields where it stands for the word (bm25f.hpp). The idf is of the largest
// df over these fields, and of the largest number of documents with a value over all of the word's. A related
// lemma has related_weight · idf, its idf never above that of the word's own most frequent lemma: theorem, which
// is rare, does not outweigh theory, which was asked for; and it has no signals.
struct WordField {
  size_t field;
  double weight;
  std::vector<std::string> lemmas;
  std::vector<std::string> related = {};
  double related_weight = 0;
  WordSignals signals = {};
  // How many documents hold each of `lemmas` and `related` in this field, where the snapshot is one of several that are
  // searched together; empty: as many as the snapshot has.
  std::vector<uint64_t> dfs = {}, related_dfs = {};
};

// Words in turn: slot i + 1 begins where slot i ends, and as many positions later as its offset is more than
// one greater. score = Σ idf(slots) · x / (x + K), x the weighed numbers of matches in the fields, each match counting
// 1 / (1 + distance): phrase_count.hpp. A slot's idf is that of its most frequent lemma, as a word's.
struct PhraseField {
  size_t field;
  double weight;
  bool divides;  // whether the field's words have parts
  struct Slot {
    uint32_t offset;
    std::vector<std::string> lemmas;
    std::vector<uint64_t> dfs = {};  // as a word's
  };
  std::vector<Slot> slots;

  std::vector<uint32_t> offsets() const {
    std::vector<uint32_t> found;
    for (const Slot& slot : slots) found.push_back(slot.offset);
    return found;
  }
};

// Surface forms that match a pattern.
struct FormsField {
  size_t field;
  FormPattern pattern;
};

// What a value in a column adds to a score: column_signals.hpp.
struct ColumnSignal {
  enum class Kind { kRecency, kStatic };
  Kind kind;
  size_t column;  // the field's place among those that have a column
  double weight;
  double scale;    // half-life in microseconds, or pivot
  int64_t origin;  // of recency: the key of now
};

class FormsCache;  // forms.hpp
class FilterPlan;  // filter_plan.hpp

struct PlanNode {
  enum class Kind {
    kNothing,
    kAll,        // every live document, score `boost`
    kDocs,       // the documents listed for each segment, score `boost`
    kHas,        // documents with a value in `field`, score `boost`
    kForms,      // documents with a surface form that matches, score `boost`
    kInRange,    // documents with a value in one of `ranges` in `column`, score `boost`
    kInStrings,  // documents with a string between strings[0] and strings[1] in `column`, score `boost`
    kInSet,      // documents with one of `strings` in `column`, score `boost`
    kWord,
    kPhrase,
    kAnd,     // sum of the children, all of which match
    kOr,      // sum of those children that match
    kMax,     // the best of those children that match
    kNot,     // children[0] without children[1]
    kMaybe,   // children[0], plus children[1] where that matches
    kFilter,  // children[0] where `passes` matches too, which scores nothing
    kBoost,   // children[0] times `boost`
    kRaised,  // children[0] times what `raises` make of a document
  };

  // Their names in searchlib/plan.py.
  static constexpr std::pair<const char*, Kind> kNames[] = {
      {"word", Kind::kWord},
      {"or", Kind::kOr},
      {"expanded", Kind::kOr},  // whose last alternatives are WeightedWords
      {"and", Kind::kAnd},
      {"phrase", Kind::kPhrase},
      {"boost", Kind::kBoost},
      {"max", Kind::kMax},
      {"not", Kind::kNot},
      {"maybe", Kind::kMaybe},
      {"nothing", Kind::kNothing},
      {"all", Kind::kAll},
      {"docs", Kind::kDocs},
      {"has", Kind::kHas},
      {"forms", Kind::kForms},
      {"in_range", Kind::kInRange},
      {"in_strings", Kind::kInStrings},
      {"in_set", Kind::kInSet},
      {"filter", Kind::kFilter},
      {"raised", Kind::kRaised},
  };

  Kind kind = Kind::kNothing;
  double boost = 1;
  std::vector<PlanNode> children;
  std::vector<WordField> word;
  std::vector<PhraseField> phrase;
  std::vector<FormsField> forms;
  std::shared_ptr<FormsCache> forms_found = {};   // of kForms: what a copy of the node need not find again
  std::shared_ptr<const FilterPlan> passes = {};  // of kFilter, never null
  uint32_t slop = 0;
  size_t field = 0;
  std::vector<ColumnSignal> raises;
  std::vector<std::vector<uint32_t>> docs;  // ascending, for each segment
  size_t column = 0;                        // the field's place among those that have a column
  // Keys (columns/keys.hpp), the first and the last of each range; ascending, no two of them meet.
  std::vector<std::pair<int64_t, int64_t>> ranges;
  std::vector<std::string> strings;  // of kInSet ascending and distinct
  // Of kInStrings: whether there is such an end, and whether it is included.
  bool has_low = false, has_high = false, includes_low = true, includes_high = true;
};

}  // namespace searchlib
