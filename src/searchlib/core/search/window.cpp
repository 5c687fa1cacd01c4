#include "search/window.hpp"

#include <algorithm>
#include <bit>
#include <exception>
#include <limits>
#include <utility>

#include "search/candidates.hpp"

namespace searchlib {
namespace {

// Slots that a thread keeps memory for.
constexpr size_t kMostKept = size_t{16} * kWindow;

bool by_doc(const Survivor& left, const Survivor& right) { return left.doc < right.doc; }

}  // namespace

std::unique_ptr<Window::Arrays>& Window::spare() {
  thread_local std::unique_ptr<Arrays> arrays;
  return arrays;
}

Window::Window() : exceptions_(std::uncaught_exceptions()), arrays_(std::move(spare())) {
  if (!arrays_) arrays_ = std::make_unique<Arrays>();
}

Window::~Window() {
  if (std::uncaught_exceptions() != exceptions_) return;  // a search that was broken off leaves them dirty
  // Slots of very many words: the thread keeps the arrays for as long as it lives.
  for (std::vector<uint16_t>* slots : {&arrays_->touched, &arrays_->weighed}) {
    if (slots->capacity() > kMostKept) *slots = {};
  }
  spare() = std::move(arrays_);
}

std::pair<uint32_t, uint32_t> Window::part_in_window(const BlockReader& blocks) const {
  const uint32_t start = blocks.docs()[0] >= begin_ ? 0 : blocks.find_doc(begin_);
  const uint32_t stop = blocks.docs()[blocks.count() - 1] < end_
                            ? blocks.count()
                            : std::min(blocks.find_doc(end_), blocks.count());
  return {start, stop};
}

template <class Visit>
void Window::for_each_block(LemmaPostings& list, float others, float threshold, Visit&& visit) {
  BlockReader& blocks = list.blocks();
  for (uint32_t block = list.block(); block < list.end_block(); ++block) {
    if (below(list.block_bound(block) + others, threshold)) continue;
    blocks.load(block);
    const auto [start, stop] = part_in_window(blocks);
    if (start < stop) visit(start, stop);
  }
}

template <class Visit>
void Window::for_each_score(std::span<LemmaPostings> lemma, float others, float threshold, Visit&& visit) {
  if (lemma.size() == 2) return for_each_score_of_two(lemma[0], lemma[1], others, threshold, visit);
  if (lemma.size() > 2) return for_each_score_of_more(lemma, others, threshold, visit);
  LemmaPostings& list = lemma[0];
  float scores[kBlockSize];
  for_each_block(list, others, threshold, [&](uint32_t start, uint32_t stop) {
    list.score(start, stop, scores);
    visit(list.blocks().docs() + start, scores, stop - start, false);
  });
}

template <class Visit>
void Window::for_each_score_of_two(LemmaPostings& few, LemmaPostings& many, float others, float threshold,
                                   Visit& visit) {
  TwoLists& two_lists = arrays_->two_lists;
  two_lists.clear();
  for_each_block(few, others, threshold,
                 [&](uint32_t start, uint32_t stop) { two_lists.add(few, start, stop); });
  BlockReader& blocks = many.blocks();
  for (uint32_t block = many.block(); block < many.end_block(); ++block) {
    if (below(many.block_bound(block) + others, threshold)) continue;
    two_lists.take_before(blocks.floor_doc(block), many.weight(), visit);
    if (below(many.block_bound_alone(block) + others, threshold)) {
      two_lists.add_block(many, block);
      continue;
    }
    blocks.load(block);
    const auto [start, stop] = part_in_window(blocks);
    if (start < stop) two_lists.take_block(many, start, stop, visit);
  }
  two_lists.take_before(kNoMoreDocs, many.weight(), visit);
}

template <class Visit>
void Window::for_each_score_of_more(std::span<LemmaPostings> lemma, float others, float threshold,
                                    Visit& visit) {
  float scores[kBlockSize];
  size_t num_weighed = 0;
  for (LemmaPostings& list : lemma.first(lemma.size() - 1)) {
    for_each_block(list, others, threshold, [&](uint32_t start, uint32_t stop) {
      list.weigh(start, stop, scores);
      uint16_t* slots = room_for_a_block(arrays_->weighed, num_weighed);
      const uint32_t* docs = list.blocks().docs() + start;
      for (uint32_t i = 0; i < stop - start; ++i) {
        const uint32_t slot = docs[i] - begin_;
        arrays_->xs[slot] += scores[i];
        slots[i] = static_cast<uint16_t>(slot);
      }
      num_weighed += stop - start;
    });
  }
  LemmaPostings& last = lemma.back();
  for_each_block(last, others, threshold, [&](uint32_t start, uint32_t stop) {
    last.weigh(start, stop, scores);
    const uint32_t* docs = last.blocks().docs() + start;
    const uint32_t count = stop - start;
    for (uint32_t i = 0; i < count; ++i) scores[i] += std::exchange(arrays_->xs[docs[i] - begin_], 0.0F);
    kernels().saturate(scores, count, last.weight());
    visit(docs, scores, count, false);
  });
  uint32_t docs[kBlockSize];
  for (size_t i = 0; i < num_weighed;) {
    uint32_t count = 0;
    for (; i < num_weighed && count < kBlockSize; ++i) {
      const uint32_t slot = arrays_->weighed[i];
      docs[count] = begin_ + slot;
      scores[count] = std::exchange(arrays_->xs[slot], 0.0F);
      count += static_cast<uint32_t>(scores[count] > 0);  // no branch to mispredict
    }
    kernels().saturate(scores, count, last.weight());
    if (count > 0) visit(docs, scores, count, false);
  }
}

void Window::put_among(size_t first, size_t middle) {
  Survivor* all = arrays_->survivors.data();
  size_t out = num_survivors_;
  if (first == middle || middle == out || all[middle - 1].doc < all[middle].doc) return;
  Survivor moved[kBlockSize];
  std::copy(all + middle, all + out, moved);
  for (size_t left = out - middle; left > 0;) {
    const bool is_later = middle > first && all[middle - 1].doc > moved[left - 1].doc;
    all[--out] = is_later ? all[--middle] : moved[--left];
  }
}

uint16_t* Window::room_for_a_block(std::vector<uint16_t>& slots, size_t size) {
  if (slots.size() < size + kBlockSize) slots.resize(2 * slots.size() + kBlockSize);
  return slots.data() + size;
}

void Window::add(Clause& clause, float others, float threshold) {
  in_order_ = num_touched_ == 0 && clause.lists.size() == 1;
  const size_t before = num_touched_;
  const bool is_one = clause.is_one_lemma();
  clause.for_each_lemma([&](std::span<LemmaPostings> lemma) {
    for_each_score(lemma, others, threshold,
                   [&](const uint32_t* docs, const float* scores, uint32_t count, bool) {
                     uint16_t* slots = room_for_a_block(arrays_->touched, num_touched_);
                     if (is_one) {
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
  });
  if (is_one) return;
  const uint16_t* touched = arrays_->touched.data();
  for (size_t i = before; i < num_touched_; ++i)
    arrays_->sums[touched[i]] += std::exchange(arrays_->maxima[touched[i]], 0.0F);
}

void Window::add_last(Clause& clause, float others, float rest, float threshold) {
  in_order_ = num_touched_ == 0 && clause.is_in_order();
  const float floor = floor_below(threshold, rest);
  Append append = appends(floor);
  for_each_score(clause.lists, others, threshold,
                 [&](const uint32_t* docs, float* scores, uint32_t count, bool among) {
                   for (uint32_t i = 0; i < count; ++i)
                     scores[i] += std::exchange(arrays_->sums[docs[i] - begin_], 0.0F);
                   append(docs, scores, count, among);
                 });
}

void Window::choose(float rest, float threshold) {
  // Above 0, so that a slot that was touched twice is seen once: its sum is cleared then.
  const float floor = std::max(floor_below(threshold, rest), std::numeric_limits<float>::min());
  Survivor* out = arrays_->survivors.data() + num_survivors_;
  const uint16_t* touched = arrays_->touched.data();
  for (size_t i = 0; i < num_touched_; ++i) {
    const uint32_t slot = touched[i];
    const float score = std::exchange(arrays_->sums[slot], 0.0F);
    *out = {score, begin_ + slot};
    out += static_cast<size_t>(score >= floor);  // no branch to mispredict
  }
  num_survivors_ = static_cast<size_t>(out - arrays_->survivors.data());
}

void Window::sort() {
  if (in_order_) return;
  if (end_ > begin_) {
    sort_from(0);
  } else {
    std::sort(survivors().begin(), survivors().end(), by_doc);
  }
  in_order_ = true;
}

// Of the window at hand: many by a bit for each.
void Window::sort_from(size_t first) {
  constexpr size_t kFew = 64;
  const std::span<Survivor> unsorted = survivors().subspan(first);
  if (std::is_sorted(unsorted.begin(), unsorted.end(), by_doc)) return;
  if (unsorted.size() <= kFew) {
    std::sort(unsorted.begin(), unsorted.end(), by_doc);
    return;
  }
  std::array<uint64_t, kWindow / 64> bits{};
  for (const Survivor& survivor : unsorted) {
    const uint32_t slot = survivor.doc - begin_;
    bits[slot / 64] |= uint64_t{1} << (slot % 64);
    arrays_->xs[slot] = survivor.score;
  }
  Survivor* out = unsorted.data();
  for (uint32_t word = 0; word < bits.size(); ++word) {
    for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
      const uint32_t slot = word * 64 + static_cast<uint32_t>(std::countr_zero(left));
      *out++ = {std::exchange(arrays_->xs[slot], 0.0F), begin_ + slot};
    }
  }
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
  in_order_ = clause.is_in_order();
  for_each_score(clause.lists, rest, threshold, appends(floor_below(threshold, rest)));
}

void add_candidates(std::span<const Survivor> survivors, const SnapshotSegment& part,
                    Candidates& candidates) {
  for (const Survivor& survivor : survivors) {
    if (part.deletes && part.deletes->contains(survivor.doc)) continue;
    candidates.add(survivor.score, part.first_doc + survivor.doc);
  }
}

}  // namespace searchlib
