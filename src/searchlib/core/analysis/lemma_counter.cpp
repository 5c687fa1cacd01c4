#include "analysis/lemma_counter.hpp"

#include <algorithm>

namespace searchlib {
namespace {

// Distinct raw tokens: about 20 MB.
constexpr size_t kMaxTokens = size_t{1} << 18;

}  // namespace

uint32_t LemmaCounter::lemma_of(std::string_view raw_token, const Resolve& resolve) {
  const auto known = lemma_of_token_.find(raw_token);
  if (known != lemma_of_token_.end()) return known->second;
  analyzer_->analyze(raw_token, analysis_);
  std::string lemma = analysis_.declined         ? resolve(analysis_.form)
                      : analysis_.lemmas.empty() ? analysis_.form
                                                 : analysis_.lemmas.front();
  const auto [found, is_new] =
      number_of_lemma_.try_emplace(std::move(lemma), static_cast<uint32_t>(lemmas_.size()));
  if (is_new) lemmas_.push_back(&found->first);
  lemma_of_token_.emplace(raw_token, found->second);
  return found->second;
}

std::vector<CountedLemma> LemmaCounter::common(const std::vector<std::vector<std::string_view>>& documents,
                                               uint32_t least, const Resolve& resolve) {
  if (lemma_of_token_.size() > kMaxTokens) {
    lemma_of_token_.clear();
    number_of_lemma_.clear();
    lemmas_.clear();
  }
  std::unordered_map<uint32_t, Count> counts;
  uint32_t number = 0;
  for (const std::vector<std::string_view>& texts : documents) {
    ++number;
    for (const std::string_view text : texts) {
      uint32_t position = UINT32_MAX, begin = 0, end = 0, span = 0;
      scan(text, 0, analyzer_->rules(), [&](const RawToken& token) {
        if (token.position == position && token.begin == begin && token.end == end && token.span == span)
          return;
        position = token.position, begin = token.begin, end = token.end, span = token.span;
        Count& count = counts[lemma_of(token.raw(text), resolve)];
        ++count.places;
        count.documents += static_cast<uint32_t>(count.last != number);
        count.last = number;
      });
    }
  }
  std::vector<CountedLemma> found;
  for (const auto& [lemma, count] : counts) {
    if (count.documents >= least) found.push_back({*lemmas_[lemma], count.places, count.documents});
  }
  std::sort(found.begin(), found.end(),
            [](const CountedLemma& left, const CountedLemma& right) { return left.lemma < right.lemma; });
  return found;
}

}  // namespace searchlib
