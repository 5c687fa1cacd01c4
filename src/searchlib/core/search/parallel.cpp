#include "search/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "search/deadline.hpp"

namespace searchlib {

namespace {

// Several threads on one list of plans. The caller's thread, which alone is told of Ctrl-C, works with the
// others and then waits for them with an eye on its deadline; the first failure ends them all.
class Crew {
 public:
  Crew(const std::vector<PlanNode>& plans, const Snapshot& snapshot, size_t limit)
      : plans_(plans), snapshot_(snapshot), limit_(limit), hits_(plans.size()) {}

  std::vector<std::vector<ScoredDoc>> run(unsigned threads) {
    Deadline& deadline = Deadline::current();
    std::vector<std::thread> others;
    others.reserve(std::min<size_t>(threads, plans_.size()));
    try {
      for (size_t i = 1; i < threads && i < plans_.size(); ++i) {
        others.emplace_back([this, &deadline] { help(deadline); });
        const std::lock_guard lock(mutex_);
        ++num_hired_;
      }
    } catch (const std::system_error&) {
      // The system gives no more threads: those that there are do the work.
    }
    work();
    attend([&] { wait_for_others(deadline); });
    for (std::thread& other : others) other.join();
    if (failure_) std::rethrow_exception(failure_);
    return std::move(hits_);
  }

 private:
  template <class Step>
  void attend(Step&& step) {
    try {
      step();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = plans_.size();
      stopped_ = true;
    }
  }

  void work() {
    attend([&] {
      for (size_t i = next_++; i < plans_.size(); i = next_++)
        hits_[i] = search(plans_[i], snapshot_, limit_);
    });
  }

  void help(const Deadline& call) {
    {
      Deadline own(call, stopped_);
      const Deadline::Scope scope(own);
      work();
    }
    const std::lock_guard lock(mutex_);
    ++num_done_;
    one_is_done_.notify_one();
  }

  void wait_for_others(Deadline& deadline) {
    std::unique_lock lock(mutex_);
    while (num_done_ < num_hired_) {
      one_is_done_.wait_for(lock, std::chrono::milliseconds(20));
      lock.unlock();
      deadline.look();
      lock.lock();
    }
  }

  const std::vector<PlanNode>& plans_;
  const Snapshot& snapshot_;
  const size_t limit_;
  std::vector<std::vector<ScoredDoc>> hits_;
  std::atomic<size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;  // of what follows
  std::condition_variable one_is_done_;
  size_t num_hired_ = 0, num_done_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

std::vector<std::vector<ScoredDoc>> search_in_parallel(const std::vector<PlanNode>& plans,
                                                       const Snapshot& snapshot, size_t limit,
                                                       unsigned threads) {
  return Crew(plans, snapshot, limit).run(threads);
}

}  // namespace searchlib
