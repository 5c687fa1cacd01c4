#include "search/parallel.hpp"

#include <chrono>
#include <system_error>
#include <utility>

namespace searchlib {

SearchCrew::~SearchCrew() {
  close(true);
  for (std::thread& helper : helpers_) helper.join();
}

void SearchCrew::add(PlanNode plan) {
  bool is_needed;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;  // a search has failed: finish() says so
    tasks_.push_back({std::move(plan), {}});
    // One plan alone is the caller's.
    is_needed = helpers_.size() + 1 < threads_ && tasks_.size() - next_ > 1;
  }
  if (is_needed) hire();
  task_or_end_.notify_one();
}

void SearchCrew::hire() {
  try {
    helpers_.emplace_back([this] { help(); });
  } catch (const std::system_error&) {
    // The system gives no more threads: those that there are do the work.
  }
}

std::vector<std::vector<ScoredDoc>> SearchCrew::finish() {
  close(false);
  work(false);
  try {
    wait_for_helpers();
  } catch (...) {
    fail(std::current_exception());
  }
  for (std::thread& helper : helpers_) helper.join();
  helpers_.clear();
  if (failure_) std::rethrow_exception(failure_);
  std::vector<std::vector<ScoredDoc>> hits;
  hits.reserve(tasks_.size());
  for (Task& task : tasks_) hits.push_back(std::move(task.hits));
  return hits;
}

// Null if there is none, and, for those who wait, none to come.
SearchCrew::Task* SearchCrew::take(bool waits) {
  std::unique_lock lock(mutex_);
  if (waits) task_or_end_.wait(lock, [this] { return next_ < tasks_.size() || closed_; });
  return next_ < tasks_.size() ? &tasks_[next_++] : nullptr;
}

void SearchCrew::work(bool waits) {
  try {
    while (Task* task = take(waits)) task->hits = search(task->plan, snapshot_, limit_);
  } catch (...) {
    fail(std::current_exception());
  }
}

void SearchCrew::help() {
  Deadline own(deadline_, stopped_);
  const Deadline::Scope scope(own);
  work(true);
  const std::lock_guard lock(mutex_);
  ++num_done_;
  helper_is_done_.notify_one();
}

void SearchCrew::wait_for_helpers() {
  std::unique_lock lock(mutex_);
  while (num_done_ < helpers_.size()) {
    helper_is_done_.wait_for(lock, std::chrono::milliseconds(20));
    lock.unlock();
    deadline_.look();
    lock.lock();
  }
}

void SearchCrew::fail(std::exception_ptr failure) {
  {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
  }
  close(true);
}

void SearchCrew::close(bool drops) {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  if (drops) {
    stopped_ = true;
    next_ = tasks_.size();
  }
  task_or_end_.notify_all();
}

}  // namespace searchlib
