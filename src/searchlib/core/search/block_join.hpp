// Which of some ascending documents does a term's postings hold? Documents that fall into one block are
// looked for together: a few by binary search, many by one pass over the block; many that lie far apart, as where
// the block is of a rare term, behind a filter that tells most of those that it lacks. Where the block has but a few
// postings between them, as a title's has, these are looked for among the documents instead.

#pragma once

#include <algorithm>
#include <array>

#include "postings/block_reader.hpp"

namespace searchlib {

class BlockJoin {
 public:
  // doc_of(i), i < size: the documents, ascending. `from`: a block that none of them lies before.
  // wanted(block, first, last): whether to load the block for the documents first … last − 1,
  // which alone can be in it. wants(i): whether the i-th is worth a search. hit(i, at): it is the
  // loaded block's posting `at`.
  template <class DocOf, class Wanted, class Wants, class Hit>
  void run(BlockReader& blocks, uint32_t from, size_t size, DocOf&& doc_of, Wanted&& wanted, Wants&& wants,
           Hit&& hit) {
    uint32_t block = from;
    for (size_t first = 0, last = 0; first < size; first = last) {
      if (block < blocks.num_blocks() && blocks.last_doc(block) < doc_of(first))
        block = blocks.find_block(block + 1, doc_of(first));
      if (block >= blocks.num_blocks()) return;
      const uint32_t end = blocks.last_doc(block);
      if (doc_of(size - 1) <= end) {
        last = size;
      } else {
        for (last = first + 1; doc_of(last) <= end;) ++last;
      }
      if (!wanted(block, first, last)) continue;
      blocks.load(block);
      if (last - first >= kWorthTurning && search_for_postings(blocks, first, last, doc_of, wants, hit))
        continue;
      if (suits_scan(last - first, doc_of(last - 1) - doc_of(first))) {
        scan(blocks, first, last, doc_of, hit);
      } else {
        const bool filters = blocks.has_filter() || last - first >= kWorthFiltering;
        if (filters && !blocks.has_filter()) blocks.make_filter();
        for (size_t i = first; i < last; ++i) {
          if ((filters && !blocks.may_hold(doc_of(i))) || !wants(i)) continue;
          const uint32_t at = blocks.find_doc(doc_of(i));
          if (blocks.docs()[at] == doc_of(i)) hit(i, at);
        }
      }
    }
  }

 private:
  static constexpr uint32_t kReach = 8192;      // documents from a group's first to its last
  static constexpr size_t kMaxGroup = 255;      // a mark has eight bits
  static constexpr size_t kWorthScanning = 12;  // fewer are found sooner by searching for each
  static constexpr size_t kWorthFiltering = 16;
  static constexpr size_t kWorthTurning = 8;   // fewer documents are looked for at once
  static constexpr size_t kDocsOfPosting = 4;  // so many documents for each posting, or it is not worth while

  static bool suits_scan(size_t size, uint32_t reach) {
    return size >= kWorthScanning && size <= kMaxGroup && reach < kReach;
  }

  // Looks for the loaded block's postings among the documents. False, and nothing done, if there are too many.
  template <class DocOf, class Wants, class Hit>
  static bool search_for_postings(const BlockReader& blocks, size_t first, size_t last, DocOf& doc_of,
                                  Wants& wants, Hit& hit) {
    const uint32_t* docs = blocks.docs();
    uint32_t at = blocks.find_doc(doc_of(first));
    const uint32_t stop = std::min(blocks.find_doc(doc_of(last - 1) + 1), blocks.count());
    if (at < stop && (stop - at) * kDocsOfPosting > last - first) return false;
    for (; at < stop; ++at) {
      // The first document that is not below the posting's: there is one.
      for (size_t size = last - first; size > 1;) {
        const size_t half = size / 2;
        first += half * static_cast<size_t>(doc_of(first + half - 1) < docs[at]);
        size -= half;
      }
      if (doc_of(first) == docs[at] && wants(first)) hit(first, at);
    }
    return true;
  }

  template <class DocOf, class Hit>
  void scan(const BlockReader& blocks, size_t first, size_t last, DocOf& doc_of, Hit& hit) {
    const uint32_t base = doc_of(first);
    for (size_t i = first; i < last; ++i) marks_[doc_of(i) - base] = static_cast<uint8_t>(i - first + 1);
    uint8_t found[kBlockSize];
    size_t num_found = 0;
    const uint32_t stop = std::min(blocks.find_doc(doc_of(last - 1) + 1), blocks.count());
    for (uint32_t at = blocks.find_doc(base); at < stop; ++at) {
      found[num_found] = static_cast<uint8_t>(at);
      num_found += static_cast<size_t>(marks_[blocks.docs()[at] - base] != 0);  // no branch to mispredict
    }
    for (size_t i = 0; i < num_found; ++i)
      hit(first + marks_[blocks.docs()[found[i]] - base] - 1, uint32_t{found[i]});
    for (size_t i = first; i < last; ++i) marks_[doc_of(i) - base] = 0;
  }

  std::array<uint8_t, kReach> marks_{};  // 1 + a document's number in its group; all zero between groups
};

}  // namespace searchlib
