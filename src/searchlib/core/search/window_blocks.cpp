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

  float few_xs[kBlockSize];
  uint32_t num_few = 0;
  const uint32_t* few_docs = few.blocks().docs();
  if (has_few && !below(few.block_bound(few.block()) + rest, threshold)) {
    const auto [start, stop] = load_part(few, few.block(), doc, last);
    few_docs += start;
    num_few = stop - start;
    if (num_few > 0) few.weigh(start, stop, few_xs);
  }
  float scores[kBlockSize];
  uint32_t num_many = 0;
  const uint32_t* many_docs = many.blocks().docs();
  const bool is_wanted = has_many && !below(many.block_bound(many.block()) + rest, threshold);
  const bool is_wanted_alone = is_wanted && !below(many.block_bound_alone(many.block()) + rest, threshold);
  uint32_t first = 0;
  if (is_wanted_alone || (is_wanted && num_few > 0)) {
    const auto [start, stop] = load_part(many, many.block(), doc, last);
    first = start;
    many_docs += start;
    if (is_wanted_alone) {
      num_many = stop - start;
      if (num_many > 0) many.weigh(start, stop, scores);
    }
  }
  // What both have goes to the place that it has among the many; what the few alone have stays, before the place
  // in `before`.
  uint32_t alone_docs[kBlockSize];
  uint32_t before[kBlockSize];
  uint32_t num_alone = 0;
  for (uint32_t i = 0; i < num_few; ++i) {
    float x = few_xs[i];
    uint32_t place = 0;
    if (is_wanted) {
      const uint32_t at = many.blocks().find_doc(few_docs[i]);
      place = at - first;
      if (at < many.blocks().count() && many.blocks().docs()[at] == few_docs[i]) {
        if (is_wanted_alone) {
          scores[place] += x;
          continue;
        }
        x += many.x(at);
      }
    }
    alone_docs[num_alone] = few_docs[i];
    before[num_alone] = std::min(place, num_many);
    few_xs[num_alone++] = x;
  }
  if (num_many > 0) kernels().saturate(scores, num_many, many.weight());
  if (num_alone > 0) kernels().saturate(few_xs, num_alone, many.weight());
  const float floor = floor_below(threshold, rest);
  uint32_t done = 0;
  for (uint32_t i = 0; i < num_alone; ++i) {
    append_survivors(many_docs + done, scores + done, before[i] - done, floor);
    done = before[i];
    append_survivors(alone_docs + i, few_xs + i, 1, floor);
  }
  append_survivors(many_docs + done, scores + done, num_many - done, floor);
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
