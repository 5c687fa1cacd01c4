#include "analysis/lemma_counter.hpp"

#include <algorithm>
#include <stdexcept>

namespace searchlib {
namespace {

constexpr size_t kMaxTokenBytes = size_t{1} << 25;
constexpr size_t kMaxCounts = size_t{1} << 21;  // 16 MB

}  // namespace

void LemmaCounter::make_room() {
  if (tokens_.memory_bytes() + lemmas_.memory_bytes() > kMaxTokenBytes || num_counts_ > kMaxCounts) forget();
}

void LemmaCounter::forget() {
  tokens_ = {};
  lemma_of_token_.clear();
  lemmas_ = {};
  sums_.clear();
  met_.clear();
  num_pending_ = 0;
  documents_.clear();
  num_counts_ = 0;
  ++generation_;
}

uint32_t LemmaCounter::lemma_of_new(std::string_view raw_token, const Resolve& resolve) {
  analyzer_->analyze(raw_token, analysis_);
  if (analysis_.declined) return lemmas_.find_or_add(resolve(analysis_.form));
  return lemmas_.find_or_add(analysis_.lemmas.empty() ? analysis_.form : analysis_.lemmas.front());
}

// Most tokens are known, and what is known of them lies all over the memory: one waits for it once, not for each.
void LemmaCounter::count_pending(const Resolve& resolve) {
  const std::span<const Pending> pending(pending_.data(), std::exchange(num_pending_, 0));
  for (const Pending& token : pending) tokens_.prefetch_offset(token.hash);
  for (const Pending& token : pending) tokens_.prefetch_key(token.hash);
  for (const Pending& token : pending) {
    const uint32_t number = tokens_.find_or_add(token.raw, token.hash);
    if (number == lemma_of_token_.size()) lemma_of_token_.push_back(lemma_of_new(token.raw, resolve));
    add(lemma_of_token_[number], 1);
  }
}

void LemmaCounter::add(uint32_t lemma, uint32_t places) {
  if (lemma >= sums_.size()) sums_.resize(std::max<size_t>(lemmas_.size(), sums_.size() * 3 / 2));
  if (sums_[lemma].places == 0) met_.push_back(lemma);
  sums_[lemma].places += places;
}

void LemmaCounter::scan_texts(std::span<const Beginning> texts, const Resolve& resolve) {
  for (const auto& [text, end] : texts) {
    DistinctPlaces places;
    scan(text, 0, analyzer_->rules(), [&](const RawToken& token) {
      if (token.end > end || !places.is_new(token)) return;
      const std::string_view raw = token.raw(text);
      const uint32_t hash = tokens_.hash(raw);
      tokens_.prefetch_slot(hash);
      pending_[num_pending_++] = {raw, hash};
      if (num_pending_ == pending_.size()) count_pending(resolve);
    });
    count_pending(resolve);
  }
}

void LemmaCounter::read(uint64_t document, std::span<const Beginning> texts, const Resolve& resolve) {
  try {
    scan_texts(texts, resolve);
  } catch (...) {  // of resolve: a token is without its lemma
    forget();
    throw;
  }
  end_document(document);
}

void LemmaCounter::end_document(uint64_t document) {
  Counts counts;
  counts.reserve(met_.size());
  for (const uint32_t number : met_)
    counts.emplace_back(number, static_cast<uint32_t>(std::exchange(sums_[number], {}).places));
  met_.clear();
  num_counts_ += counts.size();
  documents_.insert_or_assign(document, std::move(counts));
}

std::vector<CountedLemma> LemmaCounter::common(std::span<const uint64_t> documents, uint32_t least) {
  for (const uint64_t document : documents) {
    if (!knows(document)) throw std::invalid_argument("a document that was not read");
  }
  // Added up by number, in an array that is zero before and after: sorting would take longer.
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
    if (sum.documents >= least) common.push_back({number, sum.documents, sum.places});
  }
  met_.clear();
  std::stable_sort(common.begin(), common.end(), [](const CountedLemma& left, const CountedLemma& right) {
    return left.places > right.places;
  });
  return common;
}

}  // namespace searchlib
