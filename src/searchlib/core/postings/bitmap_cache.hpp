// Documents of a segment as bits, those of repeated filters kept beside it: a segment never changes, so neither do
// they; deletes are not theirs to know. Bounded in number and bytes; what was not asked for the longest goes first.

#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <string>

#include "postings/doc_bits.hpp"

namespace searchlib {

struct CountedBits {
  DocBits bits;
  uint64_t count = 0;
};

// Any number of threads may ask. Whoever finds it in use goes without: a child that was forked meanwhile would wait
// for ever for a lock.
class BitmapCache {
 public:
  static constexpr size_t kMostBitmaps = 64;
  static constexpr size_t kMostBytes = 16 << 20;

  // Of equal keys; whoever asks with the same one need not compare.
  using Key = std::shared_ptr<const std::string>;

  std::shared_ptr<const CountedBits> find(const Key& key);
  void keep(const Key& key, const std::shared_ptr<const CountedBits>& bits);

 private:
  struct Kept {
    Key key;
    std::shared_ptr<const CountedBits> bits;
  };
  static size_t bytes_of(const Kept& kept) {
    return kept.key->size() + kept.bits->bits.size() * sizeof(uint64_t);
  }

  std::atomic_flag in_use_ = ATOMIC_FLAG_INIT;
  std::list<Kept> kept_;  // the last asked for in front
  size_t bytes_ = 0;
};

}  // namespace searchlib
