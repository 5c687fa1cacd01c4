// Several plans over one snapshot, on several threads, while further plans are still being made.

#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "search/deadline.hpp"
#include "search/search.hpp"

namespace searchlib {

// Plans are added one by one and searched at once by helpers; the caller, who made them, then works with
// these until all is done. The caller alone is told of Ctrl-C: it waits with an eye on its deadline. The
// first failure ends everyone's work.
class SearchCrew {
 public:
  // threads ≥ 1: the caller's is one of them. The others start as there is work for them.
  SearchCrew(const Snapshot& snapshot, size_t limit, unsigned threads)
      : snapshot_(snapshot), limit_(limit), threads_(threads) {}
  ~SearchCrew();  // drops what is not finished
  SearchCrew(const SearchCrew&) = delete;
  SearchCrew& operator=(const SearchCrew&) = delete;

  void add(PlanNode plan);

  // The hits of each plan, in the plans' order. Throws what a search threw. Called once.
  std::vector<std::vector<ScoredDoc>> finish();

 private:
  struct Task {
    PlanNode plan;
    std::vector<ScoredDoc> hits;
  };

  Task* take(bool waits);
  void work(bool waits);
  void help();
  void hire();
  void wait_for_helpers();
  void fail(std::exception_ptr failure);
  void close(bool drops);

  const Snapshot& snapshot_;
  const size_t limit_;
  const unsigned threads_;
  Deadline& deadline_ = Deadline::current();
  std::atomic<bool> stopped_{false};
  std::vector<std::thread> helpers_;

  std::mutex mutex_;  // of what follows
  std::condition_variable task_or_end_;
  std::condition_variable helper_is_done_;
  std::deque<Task> tasks_;  // places stay where they are while others are added
  size_t next_ = 0;
  size_t num_done_ = 0;  // helpers
  bool closed_ = false;  // no task will be added
  std::exception_ptr failure_;
};

}  // namespace searchlib
