// What was counted over all values of a column, and is kept with it: a segment never changes.

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace searchlib::columns {

// counts: how many documents have each string, by its ordinal; docs: how many have one at all.
struct StringTotals {
  std::vector<uint32_t> counts;
  uint64_t docs = 0;
};

// Set once; without a lock, which a forked child might find held.
class KeptTotals {
 public:
  KeptTotals() = default;
  ~KeptTotals() { delete kept_.load(); }
  KeptTotals(const KeptTotals&) = delete;
  KeptTotals& operator=(const KeptTotals&) = delete;

  const StringTotals* get() const { return kept_.load(std::memory_order_acquire); }
  // Another thread may have been faster: then it is what that one kept.
  const StringTotals& keep(StringTotals totals) const {
    auto made = std::make_unique<const StringTotals>(std::move(totals));
    const StringTotals* before = nullptr;
    if (!kept_.compare_exchange_strong(before, made.get(), std::memory_order_acq_rel)) return *before;
    return *made.release();
  }

 private:
  mutable std::atomic<const StringTotals*> kept_ = nullptr;
};

}  // namespace searchlib::columns
