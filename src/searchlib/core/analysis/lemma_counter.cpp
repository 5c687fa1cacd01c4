#include "analysis/lemma_counter.hpp"

#include <algorithm>
#include <stdexcept>

namespace searchlib {
namespace {

constexpr size_t kMaxTokens = size_t{1} << 18;  // distinct raw ones: about 20 MB
constexpr size_t kMaxCounts = size_t{1} << 21;  // 16 MB

}  // namespace

void LemmaCounter::make_room() {
  if (lemma_of_token_.size() <= kMaxTokens && num_counts_ <= kMaxCounts) return;
  lemma_of_token_.clear();
  number_of_lemma_.clear();
  lemmas_.clear();
  sums_.clear();
  documents_.clear();
  num_counts_ = 0;
}

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

void LemmaCounter::read(uint64_t document, const std::vector<std::string_view>& texts,
                        const Resolve& resolve) {
  std::vector<uint32_t> numbers;
  for (const std::string_view text : texts) {
    uint32_t position = UINT32_MAX, begin = 0, end = 0, span = 0;
    scan(text, 0, analyzer_->rules(), [&](const RawToken& token) {
      if (token.position == position && token.begin == begin && token.end == end && token.span == span)
        return;
      position = token.position, begin = token.begin, end = token.end, span = token.span;
      numbers.push_back(lemma_of(token.raw(text), resolve));
    });
  }
  std::sort(numbers.begin(), numbers.end());
  Counts counts;
  for (const uint32_t number : numbers) {
    if (counts.empty() || counts.back().first != number) counts.emplace_back(number, 0);
    ++counts.back().second;
  }
  counts.shrink_to_fit();
  num_counts_ += counts.size();
  documents_.insert_or_assign(document, std::move(counts));
}

std::vector<CountedLemma> LemmaCounter::common(const std::vector<uint64_t>& documents, uint32_t least) {
  for (const uint64_t document : documents) {
    if (!knows(document)) throw std::invalid_argument("a document that was not read");
  }
  // Added up by number, in arrays that are zero before and after: sorting would take longer.
  sums_.resize(lemmas_.size());
  met_.clear();
  for (const uint64_t document : documents) {
    for (const auto& [number, places] : documents_.find(document)->second) {
      Sum& sum = sums_[number];
      if (sum.documents++ == 0) met_.push_back(number);
      sum.places += places;
    }
  }
  std::vector<CountedLemma> common;
  for (const uint32_t number : met_) {
    const Sum sum = std::exchange(sums_[number], {});
    if (sum.documents >= least) common.push_back({*lemmas_[number], sum.places});
  }
  std::stable_sort(common.begin(), common.end(), [](const CountedLemma& left, const CountedLemma& right) {
    return left.places > right.places;
  });
  return common;
}

}  // namespace searchlib
