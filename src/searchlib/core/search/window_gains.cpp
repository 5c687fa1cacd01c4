// What a further clause gives the documents that have survived: its lists are read through, or searched.

#include <algorithm>
#include <utility>

#include "search/bounds.hpp"
#include "search/window.hpp"

namespace searchlib {
namespace {

// So many survivors for each block of a list in the window make reading the list through cheaper than
// searching it for each of them.
constexpr size_t kWorthScanning = 3;

}  // namespace

void Window::gains_of(Clause& clause, float rest, float threshold, std::vector<float>& gains) {
  if (num_survivors_ == 0) return;
  // Gains go by a survivor's number: none may move once the first list's are there.
  const auto scanned = [&](const LemmaPostings& list) { return suits_scan(list); };
  if (!std::all_of(clause.lists.begin(), clause.lists.end(), scanned)) sort();
  clause.for_each_lemma([&](std::span<LemmaPostings> lemma) {
    if (lemma.size() == 1) {
      const LemmaPostings& list = lemma[0];
      find_survivors(lemma[0], rest, threshold, nullptr,
                     [&](size_t i, uint32_t at) { gains[i] = std::max(gains[i], list.score(at)); });
      return;
    }
    // What the lists but the last give stands by the survivor's number, in an array that is zero before and after.
    std::array<float, kWindow>& xs = arrays_->xs;
    std::vector<uint16_t>& weighed = arrays_->weighed;
    weighed.clear();
    for (LemmaPostings& list : lemma.first(lemma.size() - 1)) {
      find_survivors(list, rest, threshold, nullptr, [&](size_t i, uint32_t at) {
        xs[i] += list.x(at);
        weighed.push_back(static_cast<uint16_t>(i));
      });
    }
    LemmaPostings& many = lemma.back();
    const auto take = [&](size_t i, float x) { gains[i] = std::max(gains[i], many.weight() * x / (1 + x)); };
    find_survivors(many, rest, threshold, xs.data(),
                   [&](size_t i, uint32_t at) { take(i, xs[i] + many.x(at)); });
    // With what the last one gives it is more: nothing is taken twice.
    for (const uint16_t i : weighed) take(i, std::exchange(xs[i], 0.0F));
  });
  unmark_survivors();
}

void Window::mark_survivors() {
  if (marked_) return;
  const std::span<const Survivor> all = survivors();
  for (size_t i = 0; i < all.size(); ++i) arrays_->marks[all[i].doc - begin_] = static_cast<uint16_t>(i + 1);
  marked_ = true;
}

void Window::unmark_survivors() {
  if (!marked_) return;
  for (const Survivor& survivor : survivors()) arrays_->marks[survivor.doc - begin_] = 0;
  marked_ = false;
}

template <class Hit>
void Window::find_survivors(LemmaPostings& list, float rest, float threshold, const float* xs, Hit&& hit) {
  if (suits_scan(list)) {
    scan_for_survivors(list, hit);
  } else {
    search_for_survivors(list, rest, threshold, xs, hit);
  }
}

// Reading all the list's blocks in the window, against searching for each survivor.
bool Window::suits_scan(const LemmaPostings& list) const {
  return end_ > 0 && num_survivors_ >= kWorthScanning * (list.end_block() - list.block());
}

template <class Hit>
void Window::scan_for_survivors(LemmaPostings& list, Hit&& hit) {
  mark_survivors();
  BlockReader& blocks = list.blocks();
  for (uint32_t block = list.block(); block < list.end_block(); ++block) {
    blocks.load(block);
    const auto [start, stop] = part_in_window(blocks);
    uint8_t hits[kBlockSize];
    size_t num_hits = 0;
    for (uint32_t at = start; at < stop; ++at) {
      hits[num_hits] = static_cast<uint8_t>(at);
      num_hits += static_cast<size_t>(arrays_->marks[blocks.docs()[at] - begin_] != 0);  // no branch
    }
    for (const uint8_t at : std::span(hits, num_hits))
      hit(size_t{arrays_->marks[blocks.docs()[at] - begin_]} - 1, uint32_t{at});
  }
}

template <class Hit>
void Window::search_for_survivors(LemmaPostings& list, float rest, float threshold, const float* xs,
                                  Hit&& hit) {
  sort();
  const std::span<const Survivor> all = survivors();
  if (!list.advance(all.front().doc)) return;
  float floor = 0;        // of the survivors that the block at hand could lift to the threshold
  float floor_alone = 0;  // of those that no other list of the lemma has
  const auto may_do = [&](size_t i) {
    return all[i].score >= (xs != nullptr && xs[i] == 0 ? floor_alone : floor);
  };
  arrays_->join.run(
      list.blocks(), list.block(), all.size(), [&](size_t i) { return all[i].doc; },
      [&](uint32_t block, size_t first, size_t last) {
        floor = floor_below(threshold, list.block_bound(block) + rest);
        if (xs != nullptr) floor_alone = floor_below(threshold, list.block_bound_alone(block) + rest);
        bool any = false;
        for (size_t i = first; i < last && !any; ++i) any = may_do(i);
        return any;
      },
      may_do, hit);
}

}  // namespace searchlib
