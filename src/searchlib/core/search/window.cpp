#include "search/window.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

#include "search/candidates.hpp"

namespace searchlib {
namespace {

// So many survivors for each block of a list in the window make reading the list through cheaper than
// searching it for each of them.
constexpr size_t kWorthScanning = 3;

}  // namespace

std::unique_ptr<Window::Arrays>& Window::spare() {
  thread_local std::unique_ptr<Arrays> arrays;
  return arrays;
}

Window::Window() : exceptions_(std::uncaught_exceptions()), arrays_(std::move(spare())) {
  if (!arrays_) arrays_ = std::make_unique<Arrays>();
}

Window::~Window() {
  // A search that was broken off leaves them dirty.
  if (std::uncaught_exceptions() == exceptions_) spare() = std::move(arrays_);
}

std::pair<uint32_t, uint32_t> Window::part_in_window(const BlockReader& blocks) const {
  const uint32_t start = blocks.docs()[0] >= begin_ ? 0 : blocks.find_doc(begin_);
  const uint32_t stop = blocks.docs()[blocks.count() - 1] < end_
                            ? blocks.count()
                            : std::min(blocks.find_doc(end_), blocks.count());
  return {start, stop};
}

template <class Visit>
void Window::for_each_block(const Clause& clause, LemmaPostings& lemma, float others, float threshold,
                            Visit&& visit) {
  BlockReader& blocks = lemma.blocks();
  for (uint32_t block = lemma.block(); block < lemma.end_block(); ++block) {
    if (below(lemma.block_bound(block) + others, threshold)) continue;
    blocks.load(block);
    const auto [start, stop] = part_in_window(blocks);
    if (start >= stop) continue;
    float scores[kBlockSize];
    clause.score(lemma, start, stop, scores);
    visit(blocks.docs() + start, scores, stop - start);
  }
}

uint16_t* Window::room_for_a_block() {
  if (touched_.size() < num_touched_ + kBlockSize) touched_.resize(2 * touched_.size() + kBlockSize);
  return touched_.data() + num_touched_;
}

void Window::add(Clause& clause, float others, float threshold) {
  in_order_ = num_touched_ == 0 && clause.lemmas.size() == 1;
  const size_t before = num_touched_;
  for (LemmaPostings& lemma : clause.lemmas) {
    for_each_block(clause, lemma, others, threshold,
                   [&](const uint32_t* docs, const float* scores, uint32_t count) {
                     uint16_t* slots = room_for_a_block();
                     if (clause.lemmas.size() == 1) {
                       for (uint32_t i = 0; i < count; ++i) {
                         const uint32_t slot = docs[i] - begin_;
                         arrays_->sums[slot] += scores[i];
                         slots[i] = static_cast<uint16_t>(slot);
                       }
                     } else {
                       for (uint32_t i = 0; i < count; ++i) {
                         const uint32_t slot = docs[i] - begin_;
                         arrays_->maxima[slot] = std::max(arrays_->maxima[slot], scores[i]);
                         slots[i] = static_cast<uint16_t>(slot);
                       }
                     }
                     num_touched_ += count;
                   });
  }
  if (clause.lemmas.size() == 1) return;
  for (size_t i = before; i < num_touched_; ++i)
    arrays_->sums[touched_[i]] += std::exchange(arrays_->maxima[touched_[i]], 0.0F);
}

void Window::add_last(Clause& clause, float others, float rest, float threshold) {
  in_order_ = num_touched_ == 0;
  const float floor = floor_below(threshold, rest);
  for_each_block(clause, clause.lemmas[0], others, threshold,
                 [&](const uint32_t* docs, float* scores, uint32_t count) {
                   for (uint32_t i = 0; i < count; ++i)
                     scores[i] += std::exchange(arrays_->sums[docs[i] - begin_], 0.0F);
                   append_survivors(docs, scores, count, floor);
                 });
}

void Window::choose(float rest, float threshold) {
  // Above 0, so that a slot that was touched twice is seen once: its sum is cleared then.
  const float floor = std::max(floor_below(threshold, rest), std::numeric_limits<float>::min());
  Survivor* out = arrays_->survivors.data() + num_survivors_;
  for (size_t i = 0; i < num_touched_; ++i) {
    const uint32_t slot = touched_[i];
    const float score = std::exchange(arrays_->sums[slot], 0.0F);
    *out = {score, begin_ + slot};
    out += static_cast<size_t>(score >= floor);  // no branch to mispredict
  }
  num_survivors_ = static_cast<size_t>(out - arrays_->survivors.data());
}

void Window::sort() {
  if (in_order_) return;
  const auto by_doc = [](const Survivor& left, const Survivor& right) { return left.doc < right.doc; };
  std::sort(survivors().begin(), survivors().end(), by_doc);
  in_order_ = true;
}

void Window::append_survivors(const uint32_t* docs, const float* scores, uint32_t count, float floor) {
  Survivor* out = arrays_->survivors.data() + num_survivors_;
  for (uint32_t i = 0; i < count; ++i) {
    *out = {scores[i], docs[i]};
    out += static_cast<size_t>(scores[i] >= floor);  // no branch to mispredict
  }
  num_survivors_ = static_cast<size_t>(out - arrays_->survivors.data());
}

void Window::choose_from(Clause& clause, float rest, float threshold) {
  const float floor = floor_below(threshold, rest);
  for_each_block(clause, clause.lemmas[0], rest, threshold,
                 [&](const uint32_t* docs, const float* scores, uint32_t count) {
                   append_survivors(docs, scores, count, floor);
                 });
}

void Window::take_block(Clause& clause, uint32_t block, float rest, float threshold) {
  LemmaPostings& lemma = clause.lemmas[0];
  if (below(lemma.block_bound(block) + rest, threshold)) return;
  lemma.blocks().load(block);
  float scores[kBlockSize];
  clause.score(lemma, 0, lemma.blocks().count(), scores);
  append_survivors(lemma.blocks().docs(), scores, lemma.blocks().count(), floor_below(threshold, rest));
}

void Window::gains_of(Clause& clause, float rest, float threshold, std::vector<float>& gains) {
  if (num_survivors_ == 0) return;
  // Gains go by a survivor's number: none may move once the first lemma's are there.
  const auto scanned = [&](const LemmaPostings& lemma) { return suits_scan(lemma); };
  if (!std::all_of(clause.lemmas.begin(), clause.lemmas.end(), scanned)) sort();
  for (LemmaPostings& lemma : clause.lemmas) {
    if (suits_scan(lemma)) {
      scan_gains(clause, lemma, gains);
    } else {
      search_gains(clause, lemma, rest, threshold, gains);
    }
  }
}

// Reading all the lemma's blocks in the window, against searching for each survivor.
bool Window::suits_scan(const LemmaPostings& lemma) const {
  return end_ > 0 && num_survivors_ >= kWorthScanning * (lemma.end_block() - lemma.block());
}

void Window::scan_gains(const Clause& clause, LemmaPostings& lemma, std::vector<float>& gains) {
  const std::span<const Survivor> all = survivors();
  for (size_t i = 0; i < all.size(); ++i) arrays_->marks[all[i].doc - begin_] = static_cast<uint16_t>(i + 1);
  BlockReader& blocks = lemma.blocks();
  for (uint32_t block = lemma.block(); block < lemma.end_block(); ++block) {
    blocks.load(block);
    const auto [start, stop] = part_in_window(blocks);
    uint8_t hits[kBlockSize];
    size_t num_hits = 0;
    for (uint32_t at = start; at < stop; ++at) {
      hits[num_hits] = static_cast<uint8_t>(at);
      num_hits += static_cast<size_t>(arrays_->marks[blocks.docs()[at] - begin_] != 0);  // no branch
    }
    for (const uint8_t at : std::span(hits, num_hits)) {
      float& gain = gains[arrays_->marks[blocks.docs()[at] - begin_] - 1U];
      gain = std::max(gain, clause.score(lemma, at));
    }
  }
  for (const Survivor& survivor : all) arrays_->marks[survivor.doc - begin_] = 0;
}

void Window::search_gains(const Clause& clause, LemmaPostings& lemma, float rest, float threshold,
                          std::vector<float>& gains) {
  sort();
  const std::span<const Survivor> all = survivors();
  if (!lemma.advance(all.front().doc)) return;
  float floor = 0;  // of the survivors that the block at hand could lift to the threshold
  arrays_->join.run(
      lemma.blocks(), lemma.block(), all.size(), [&](size_t i) { return all[i].doc; },
      [&](uint32_t block, size_t first, size_t last) {
        floor = floor_below(threshold, lemma.block_bound(block) + rest);
        bool any = false;
        for (size_t i = first; i < last; ++i) any |= all[i].score >= floor;
        return any;
      },
      [&](size_t i) { return all[i].score >= floor; },
      [&](size_t i, uint32_t at) { gains[i] = std::max(gains[i], clause.score(lemma, at)); });
}

void add_candidates(std::span<const Survivor> survivors, const SnapshotSegment& part,
                    Candidates& candidates) {
  for (const Survivor& survivor : survivors) {
    if (part.deletes && part.deletes->contains(survivor.doc)) continue;
    candidates.add(survivor.score, part.first_doc + survivor.doc);
  }
}

}  // namespace searchlib
