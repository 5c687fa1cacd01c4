#include "postings/bitmap_cache.hpp"

#include <algorithm>

namespace searchlib {
namespace {

class Use {
 public:
  explicit Use(std::atomic_flag& flag)
      : flag_(flag), is_mine_(!flag.test_and_set(std::memory_order_acquire)) {}
  ~Use() {
    if (is_mine_) flag_.clear(std::memory_order_release);
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  explicit operator bool() const { return is_mine_; }

 private:
  std::atomic_flag& flag_;
  bool is_mine_;
};

bool are_equal(const BitmapCache::Key& left, const BitmapCache::Key& right) {
  return left == right || *left == *right;
}

}  // namespace

std::shared_ptr<const CountedBits> BitmapCache::find(const Key& key) {
  const Use use(in_use_);
  if (!use) return nullptr;
  const auto found =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return are_equal(kept.key, key); });
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().bits;
}

void BitmapCache::keep(const Key& key, const std::shared_ptr<const CountedBits>& bits) {
  Kept made{key, bits};
  const size_t size = bytes_of(made);
  if (size > kMostBytes) return;
  const Use use(in_use_);
  if (!use) return;
  if (std::any_of(kept_.begin(), kept_.end(), [&](const Kept& kept) { return are_equal(kept.key, key); }))
    return;
  kept_.push_front(std::move(made));
  bytes_ += size;
  while (kept_.size() > kMostBitmaps || bytes_ > kMostBytes) {
    bytes_ -= bytes_of(kept_.back());
    kept_.pop_back();
  }
}

}  // namespace searchlib
