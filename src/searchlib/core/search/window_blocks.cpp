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
  constexpr int kMostBlocks = 16;  // of the shorter list: a batch has room for them
  LemmaPostings& few = clause.lists[0];
  LemmaPostings& many = clause.lists[1];
  TwoLists& two_lists = arrays_->two_lists;
  if (doc == 0) two_lists.clear();
  const bool has_many = many.advance(doc);
  const uint32_t block = many.block();
  const bool is_last = !has_many || block + 1 == many.blocks().num_blocks();
  uint32_t last = is_last ? kNoMoreDocs - 1 : many.blocks().last_doc(block);
  for (int left = kMostBlocks; two_lists.next_block() < few.blocks().num_blocks(); --left) {
    const uint32_t next = two_lists.next_block();
    const uint32_t begin = few.blocks().floor_doc(next);
    if (begin > last) break;
    if (left == 0) {
      last = begin - 1;
      break;
    }
    two_lists.pass_block();
    if (below(few.block_bound(next) + rest, threshold)) continue;
    few.blocks().load(next);
    two_lists.add(few, 0, few.blocks().count());
  }
  Append take = appends(floor_below(threshold, rest));
  if (has_many && !below(many.block_bound(block) + rest, threshold)) {
    if (below(many.block_bound_alone(block) + rest, threshold)) {
      two_lists.add_block(many, block);
    } else {
      many.blocks().load(block);
      const auto [start, stop] = part_of(many.blocks(), doc, last);
      if (start < stop) two_lists.take_block(many, start, stop, take);
    }
  }
  two_lists.take_before(last + 1, many.weight(), take);
  return last + 1;
}

std::pair<uint32_t, uint32_t> Window::part_of(const BlockReader& blocks, uint32_t doc, uint32_t last) {
  const uint32_t start = blocks.docs()[0] >= doc ? 0 : blocks.find_doc(doc);
  const uint32_t stop =
      blocks.docs()[blocks.count() - 1] <= last ? blocks.count() : blocks.find_doc(last + 1);
  return {std::min(start, stop), stop};
}

}  // namespace searchlib
