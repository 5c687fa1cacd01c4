// The one walk through a dictionary for whatever looks for keys of some shape: those near a word, of a
// pattern, or that sound like a name. A matcher reads the keys; blocks whose keys all begin in a way that it
// has ruled out are passed over, however many they are.
//
// A matcher has
//   bool next(size_t shared, std::string_view suffix)     whether the next key matches
//   bool rules_out(std::string_view key)                  whether no key from the last one to this matches
//   std::string_view first_possible()                     if so, from which key on one may; "": none

#pragma once

#include "postings/dictionary.hpp"
#include "search/deadline.hpp"

namespace searchlib {

// Calls visit(index) for the keys that match, from the first key of a block on, in order, until visit returns
// false. end: keys from there on are of no interest; "": all are.
template <class Matcher, class Visit>
void walk_keys(const Dictionary& keys, uint32_t first_block, std::string_view end, Matcher& matcher,
               Visit&& visit) {
  Deadline& deadline = Deadline::current();
  const uint32_t num_blocks = keys.num_blocks();
  for (uint32_t block = first_block; block < num_blocks;) {
    deadline.tick();
    bool goes_on = true;
    keys.scan_entries(block, [&](uint32_t index, uint64_t shared, std::string_view suffix) {
      if (matcher.next(shared, suffix)) goes_on = visit(index);
      return goes_on;
    });
    if (!goes_on || ++block == num_blocks) return;
    const std::string_view next = keys.first_key(block);
    if (!end.empty() && next >= end) return;
    if (!matcher.rules_out(next)) continue;
    if (matcher.first_possible().empty()) return;
    block = keys.last_block_below(block, matcher.first_possible());
  }
}

}  // namespace searchlib
