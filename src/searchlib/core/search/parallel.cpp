#include "search/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace searchlib {

std::vector<std::vector<ScoredDoc>> search_in_parallel(const std::vector<PlanNode>& plans,
                                                       const Snapshot& snapshot, size_t limit,
                                                       unsigned threads) {
  std::vector<std::vector<ScoredDoc>> hits(plans.size());
  std::atomic<size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (size_t i = next++; i < plans.size(); i = next++) hits[i] = search(plans[i], snapshot, limit);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = plans.size();
    }
  };
  std::vector<std::thread> others;
  others.reserve(std::min<size_t>(threads, plans.size()));
  try {
    for (size_t i = 1; i < threads && i < plans.size(); ++i) others.emplace_back(work);
  } catch (const std::system_error&) {
    // The system gives no more threads: those that there are do the work.
  }
  work();
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
  return hits;
}

}  // namespace searchlib
