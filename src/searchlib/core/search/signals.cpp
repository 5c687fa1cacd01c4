#include "search/signals.hpp"

#include <algorithm>
#include <numeric>

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

void SignalSums::add(const LemmaSignals& signals, TermCursor& cursor, double weight, double of_place) {
  for (size_t i = 0; i < sums_.size(); ++i) {
    const auto signal = static_cast<Signal>(i);
    if (signals.weight(signal) == 0) continue;
    weights_[i] = signals.weight(signal);
    sums_[i] += weight * signals.count(signal, cursor) * of_place;
  }
}

double SignalSums::raised(double f, const FieldScale& scale) const {
  for (size_t i = 0; i < sums_.size(); ++i) {
    if (sums_[i] > 0) f += weights_[i] * scale.saturated(sums_[i]);
  }
  return f;
}

}  // namespace searchlib
