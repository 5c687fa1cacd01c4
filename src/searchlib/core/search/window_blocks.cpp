// Survivors that are taken from the blocks of a clause of one lemma, whose lists may be one or two.

#include <algorithm>

#include "search/bounds.hpp"
#include "search/window.hpp"

namespace searchlib {

void Window::take_block(Clause& clause, uint32_t block, float rest, float threshold) {
  LemmaPostings& list = clause.lists[0];
  if (below(list.block_bound(block) + rest, threshold)) return;
  list.blocks().load(block);
  float scores[kBlockSize];
  list.score(0, list.blocks().count(), scores);
  append_survivors(list.blocks().docs(), scores, list.blocks().count(), floor_below(threshold, rest));
}

uint32_t Window::take_blocks(Clause& clause, uint32_t doc, float rest, float threshold) {
  LemmaPostings& few = clause.lists[0];
  LemmaPostings& many = clause.lists[1];
  const bool has_few = few.advance(doc);
  const bool has_many = many.advance(doc);
  if (!has_few && !has_many) return kNoMoreDocs;
  uint32_t last = has_few ? few.blocks().last_doc(few.block()) : kNoMoreDocs - 1;
  if (has_many) last = std::min(last, many.blocks().last_doc(many.block()));

  two_lists_.clear();
  if (has_few && !below(few.block_bound(few.block()) + rest, threshold)) {
    const auto [start, stop] = load_part(few, few.block(), doc, last);
    if (start < stop) two_lists_.add(few, start, stop);
  }
  const float floor = floor_below(threshold, rest);
  const auto take = [&](const uint32_t* docs, const float* scores, uint32_t count) {
    append_survivors(docs, scores, count, floor);
  };
  if (has_many && !below(many.block_bound(many.block()) + rest, threshold)) {
    if (below(many.block_bound_alone(many.block()) + rest, threshold)) {
      two_lists_.add_block(many, many.block());
    } else {
      const auto [start, stop] = load_part(many, many.block(), doc, last);
      two_lists_.take_block(many, start, stop, take);
    }
  }
  two_lists_.take_before(kNoMoreDocs, many.weight(), take);
  return last + 1;
}

std::pair<uint32_t, uint32_t> Window::load_part(LemmaPostings& list, uint32_t block, uint32_t doc,
                                                uint32_t last) {
  BlockReader& blocks = list.blocks();
  blocks.load(block);
  const uint32_t start = blocks.find_doc(doc);
  const uint32_t stop =
      blocks.docs()[blocks.count() - 1] <= last ? blocks.count() : blocks.find_doc(last + 1);
  return {std::min(start, stop), stop};
}

}  // namespace searchlib
