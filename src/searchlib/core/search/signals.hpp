// What else counts of a word besides how often a document has it: signals. Each counts n of a lemma's places in a
// document, weighed over its fields as all of them are (bm25f.hpp), and raises the lemma's x / (x + K) by
// weight · n / (n + K). Plans, scorers, bounds and explanations
// take the signals as they are listed here, so a new one is a name, and a rule in signals.cpp.

#pragma once

#include <array>
#include <string>
#include <string_view>

#include "postings/term_cursor.hpp"
#include "search/bm25f.hpp"
#include "search/form_ranks.hpp"

namespace searchlib {

enum class Signal : uint8_t {
  kExact,  // places where the word stands in the very form of the query
};

// As searchlib/search/ranking.py calls them.
inline constexpr std::array<std::string_view, 1> kSignalNames = {"exact"};

using SignalWeights = std::array<double, kSignalNames.size()>;  // by Signal; 0: it does not count

// The signals of a word in one field.
struct WordSignals {
  WordSignals() = default;
  // form: that was asked for; "" where there are no others.
  WordSignals(const SignalWeights& weights, std::string form);

  // Bounds what they raise x / (x + K) by, as a part of it: no signal counts more than all places.
  double most() const;

  SignalWeights weights{};
  std::string form;
};

// The same, of one lemma in one segment.
class LemmaSignals {
 public:
  LemmaSignals() = default;
  LemmaSignals(const WordSignals& word, const FieldParts& field, const TermInfo& term);

  double most() const { return most_; }
  // What they raise it by wherever the lemma stands: it has no other form.
  double least() const { return asked_.are_all() ? weight(Signal::kExact) : 0; }
  double weight(Signal signal) const { return weights_[static_cast<size_t>(signal)]; }
  // How many places of the cursor's document a signal counts.
  uint32_t count(Signal signal, TermCursor& cursor) const;

 private:
  SignalWeights weights_{};
  double most_ = 0;
  FormRanks asked_;  // which of the term's forms are the one that was asked for
};

// What they count of one lemma in one document, over its fields.
class SignalSums {
 public:
  // of_place: what a place counts in the cursor's field, but for the field's weight.
  void add(const LemmaSignals& signals, TermCursor& cursor, double weight, double of_place);
  // f and what they raise it by.
  double raised(double f, const FieldScale& scale) const;

 private:
  SignalWeights weights_{};
  SignalWeights sums_{};
};

}  // namespace searchlib
