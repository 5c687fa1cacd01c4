#include "search/window.hpp"

#include <algorithm>
#include <bit>
#include <exception>
#include <utility>

#include "search/candidates.hpp"

namespace searchlib {
namespace {

// The score or 0, without a branch: which documents stay is what no predictor knows.
float score_if(bool keep, float score) {
  return std::bit_cast<float>(std::bit_cast<uint32_t>(score) & (0U - static_cast<uint32_t>(keep)));
}

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

template <class Visit>
void Window::for_each_block(const Clause& clause, LemmaPostings& lemma, float others, float threshold,
                            Visit&& visit) {
  BlockReader& blocks = lemma.blocks();
  for (uint32_t block = lemma.block(); block < blocks.num_blocks() && blocks.floor_doc(block) < end_;
       ++block) {
    if (below(lemma.block_bound(block) + others, threshold)) continue;
    blocks.load(block);
    const uint32_t start = blocks.docs()[0] >= begin_ ? 0 : blocks.find_doc(begin_);
    const uint32_t stop = blocks.docs()[blocks.count() - 1] < end_
                              ? blocks.count()
                              : std::min(blocks.find_doc(end_), blocks.count());
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

void Window::choose(float rest, float threshold) {
  const float floor = floor_below(threshold, rest);
  if (!in_order_) {
    choose_sorted(floor);
    return;
  }
  Survivor* out = arrays_->survivors.data();
  for (size_t i = 0; i < num_touched_; ++i) {
    const uint32_t slot = touched_[i];
    const float score = std::exchange(arrays_->sums[slot], 0.0F);
    *out = {score, begin_ + slot};
    out += static_cast<size_t>(score >= floor);  // no branch to mispredict
  }
  num_survivors_ = static_cast<size_t>(out - arrays_->survivors.data());
}

// Slots of several lists: a bit for each that is kept puts them into order and lets each through once.
void Window::choose_sorted(float floor) {
  size_t num_kept = 0;
  for (size_t i = 0; i < num_touched_; ++i) {
    const uint16_t slot = touched_[i];
    const float score = arrays_->sums[slot];
    const bool keep = score >= floor;
    arrays_->sums[slot] = score_if(keep, score);
    touched_[num_kept] = slot;
    num_kept += static_cast<size_t>(keep);
  }
  for (size_t i = 0; i < num_kept; ++i) {
    const uint32_t word = touched_[i] / 64;
    arrays_->kept[word] |= uint64_t{1} << (touched_[i] % 64);
    arrays_->kept_words[word / 64] |= uint64_t{1} << (word % 64);
  }
  Survivor* out = arrays_->survivors.data();
  for (uint32_t i = 0; i < arrays_->kept_words.size(); ++i) {
    for (uint64_t words = std::exchange(arrays_->kept_words[i], 0); words != 0; words &= words - 1) {
      const uint32_t word = i * 64 + static_cast<uint32_t>(std::countr_zero(words));
      for (uint64_t bits = std::exchange(arrays_->kept[word], 0); bits != 0; bits &= bits - 1) {
        const uint32_t slot = word * 64 + static_cast<uint32_t>(std::countr_zero(bits));
        *out++ = {std::exchange(arrays_->sums[slot], 0.0F), begin_ + slot};
      }
    }
  }
  num_survivors_ = static_cast<size_t>(out - arrays_->survivors.data());
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
  const std::span<Survivor> all = survivors();
  if (all.empty()) return;
  for (LemmaPostings& lemma : clause.lemmas) {
    if (!lemma.advance(all.front().doc)) continue;
    float floor = 0;  // of the survivors that the block at hand could lift to the threshold
    arrays_->join.run(
        lemma.blocks(), lemma.block(), all.size(), [&](size_t i) { return all[i].doc; },
        [&](uint32_t block, size_t first, size_t last) {
          floor = floor_below(threshold, lemma.block_bound(block) + rest);
          float best = 0;
          for (size_t i = first; i < last; ++i) best = std::max(best, all[i].score);
          return best >= floor;
        },
        [&](size_t i) { return all[i].score >= floor; },
        [&](size_t i, uint32_t at) { gains[i] = std::max(gains[i], clause.score(lemma, at)); });
  }
}

void add_candidates(std::span<const Survivor> survivors, const SnapshotSegment& part,
                    Candidates& candidates) {
  for (const Survivor& survivor : survivors) {
    if (part.deletes && part.deletes->contains(survivor.doc)) continue;
    candidates.add(survivor.score, part.first_doc + survivor.doc);
  }
}

}  // namespace searchlib
