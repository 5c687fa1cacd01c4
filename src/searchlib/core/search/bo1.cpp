#include "search/bo1.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "search/deadline.hpp"

namespace searchlib {
namespace {

constexpr double kSlack = 1 + 1e-9;  // more than rounding makes of a weight

bool is_better(const Bo1::Word& left, const Bo1::Word& right) {
  return left.weight != right.weight ? left.weight > right.weight : left.lemma < right.lemma;
}

}  // namespace

Bo1::Bo1(std::shared_ptr<LemmaCounter> counter, const Snapshot& snapshot, std::vector<size_t> fields,
         std::vector<size_t> vectors)
    : counter_(std::move(counter)),
      snapshot_(snapshot),
      fields_(std::move(fields)),
      vectors_(counter_, snapshot, std::move(vectors)) {
  // What one field has is looked up beside it in the others: most words are in the longest one.
  std::sort(fields_.begin(), fields_.end(), [&](size_t left, size_t right) {
    return snapshot_.totals(left).total_length > snapshot_.totals(right).total_length;
  });
}

Bo1::Rarity Bo1::rarity_of(uint32_t lemma, uint64_t num_docs, const SaysNothing& says_nothing) {
  if (rarities_[lemma].of_place >= 0) return rarities_[lemma];
  Deadline::current().tick();
  const std::string_view name = counter_->lemma(lemma);
  const uint64_t df = says_nothing(name) ? 0 : most_docs(name);
  if (df == 0) return rarities_[lemma] = {0, 0};  // also where other rules read the text when it was indexed
  const double share = static_cast<double>(df) / static_cast<double>(num_docs);
  return rarities_[lemma] = {std::log2((1 + share) / share), std::log2(1 + share)};
}

uint64_t Bo1::most_docs(std::string_view lemma) const {
  const Snapshot::Term first = snapshot_.find(fields_[0], lemma);
  uint64_t most = first.df;
  for (size_t i = 1; i < fields_.size(); ++i)
    most = std::max(most, snapshot_.find_beside(fields_[i], lemma, fields_[0], first).df);
  return most;
}

std::vector<Bo1::Word> Bo1::best(std::span<const uint64_t> documents, uint32_t least, size_t count,
                                 const SaysNothing& says_nothing) {
  if (std::exchange(generation_, counter_->generation()) != counter_->generation()) rarities_.clear();
  const std::vector<CountedLemma> common = counter_->common(documents, least);
  rarities_.resize(counter_->num_lemmas());
  uint64_t num_docs = 1;
  for (const size_t field : fields_) num_docs = std::max(num_docs, snapshot_.totals(field).num_docs);
  // Nothing is rarer than what one document has. The words of the most places come first: as soon as a word as rare
  // as that would be too late, so are all that are left.
  const double rarest = 1 / static_cast<double>(num_docs);
  const double most = std::log2((1 + rarest) / rarest), more = std::log2(1 + rarest);
  std::vector<Word> best;  // a heap, the least at the front
  for (const CountedLemma& word : common) {
    const auto places = static_cast<double>(word.places);
    if (best.size() == count && (places * most + more) * kSlack < best.front().weight) break;
    const Rarity rarity = rarity_of(word.lemma, num_docs, says_nothing);
    if (rarity.of_place == 0) continue;
    const Word found{places * rarity.of_place + rarity.more, counter_->lemma(word.lemma)};
    if (best.size() == count) {
      if (!is_better(found, best.front())) continue;
      std::pop_heap(best.begin(), best.end(), is_better);
      best.back() = found;
    } else {
      best.push_back(found);
    }
    std::push_heap(best.begin(), best.end(), is_better);
  }
  std::sort(best.begin(), best.end(), is_better);
  return best;
}

}  // namespace searchlib
