#include "search/signals.hpp"

#include <algorithm>
#include <numeric>

#include "postings/norms.hpp"

namespace searchlib {
namespace {

double sum(const SignalWeights& weights) { return std::accumulate(weights.begin(), weights.end(), 0.0); }

constexpr size_t number(Signal signal) { return static_cast<size_t>(signal); }

}  // namespace

WordSignals::WordSignals(const SignalWeights& of_signals, std::string of_form)
    : weights(of_signals), form(std::move(of_form)) {
  if (form.empty()) weights[number(Signal::kExact)] = 0;
}

double WordSignals::most() const { return sum(weights); }

LemmaSignals::LemmaSignals(const WordSignals& word, const FieldParts& field, const TermInfo& term)
    : weights_(word.weights) {
  if (weight(Signal::kExact) > 0) asked_ = FormRanks(field, term, word.form);
  if (asked_.are_none()) weights_[number(Signal::kExact)] = 0;
  most_ = sum(weights_);
}

uint32_t LemmaSignals::count(Signal signal, TermCursor& cursor) const {
  switch (signal) {
    case Signal::kExact:
      if (asked_.are_all()) return cursor.tf();
      if (asked_.are_none()) return 0;
      const std::vector<Place>& places = cursor.places();
      return static_cast<uint32_t>(std::count_if(
          places.begin(), places.end(), [&](const Place& place) { return asked_.contain(place.form_rank); }));
  }
  return 0;
}

double LemmaSignals::raised(double f, TermCursor& cursor, double k) const {
  for (size_t i = 0; i < weights_.size(); ++i) {
    if (weights_[i] == 0) continue;
    const uint32_t n = count(static_cast<Signal>(i), cursor);
    if (n > 0) f += weights_[i] * saturation(n, k);
  }
  return f;
}

}  // namespace searchlib
