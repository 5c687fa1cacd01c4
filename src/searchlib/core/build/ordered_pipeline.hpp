// Work in order on several threads: the caller's thread makes tasks and takes the finished ones, both in
// order, and helpers do what lies between. So the result, and the first error, are those of one thread.

#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace searchlib {

template <class Task>
class OrderedPipeline {
 public:
  // helpers: threads beside the caller's, which works too where it would have to wait. A system that gives
  // fewer threads costs time, no more.
  explicit OrderedPipeline(size_t helpers) : helpers_(helpers) {}

  // produce(Task&) -> bool, false at the end; work(Task&, worker), worker in 0 … helpers; consume(Task&).
  // Only work runs on other threads. What any of them throws is thrown here, after all threads have ended.
  template <class Produce, class Work, class Consume>
  void run(Produce&& produce, Work&& work, Consume&& consume) {
    Team team(*this);
    for (size_t i = 1; i <= helpers_; ++i) {
      if (!team.start([this, &work, i] { help(work, i); })) break;
    }
    for (bool more = true; more || !line_.empty();) {
      if (std::unique_ptr<Step> first = take_done()) {
        if (first->error) std::rethrow_exception(first->error);
        consume(first->task);
        spare_.push_back(std::move(first));
      } else if (more && line_.size() < max_length()) {
        std::unique_ptr<Step> step = new_step();
        more = produce(step->task);
        if (more) append(std::move(step));
      } else if (Step* step = claim()) {
        do_work(*step, work, 0);
      } else {
        wait_for_first();
      }
    }
  }

 private:
  struct Step {
    Task task;
    bool claimed = false;
    bool done = false;
    std::exception_ptr error;
  };

  // Ends and joins the helpers, whatever happens.
  class Team {
   public:
    explicit Team(OrderedPipeline& pipeline) : pipeline_(pipeline) {}
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;
    ~Team() {
      pipeline_.stop();
      for (std::thread& thread : threads_) thread.join();
    }
    template <class Run>
    bool start(Run&& run) {
      try {
        threads_.emplace_back(std::forward<Run>(run));
      } catch (const std::system_error&) {
        return false;
      }
      return true;
    }

   private:
    OrderedPipeline& pipeline_;
    std::vector<std::thread> threads_;
  };

  size_t max_length() const { return 2 * helpers_ + 1; }

  template <class Work>
  void help(Work& work, size_t worker) {
    for (;;) {
      Step* step = nullptr;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopped_ || (step = claim_locked()) != nullptr; });
        if (stopped_) return;
      }
      do_work(*step, work, worker);
    }
  }

  template <class Work>
  void do_work(Step& step, Work& work, size_t worker) {
    try {
      work(step.task, worker);
    } catch (...) {
      step.error = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      step.done = true;
    }
    finished_.notify_one();
  }

  std::unique_ptr<Step> take_done() {
    const std::lock_guard lock(mutex_);
    if (line_.empty() || !line_.front()->done) return nullptr;
    std::unique_ptr<Step> first = std::move(line_.front());
    line_.pop_front();
    return first;
  }

  std::unique_ptr<Step> new_step() {
    if (spare_.empty()) return std::make_unique<Step>();
    std::unique_ptr<Step> step = std::move(spare_.back());
    spare_.pop_back();
    step->claimed = step->done = false;
    return step;
  }

  void append(std::unique_ptr<Step> step) {
    {
      const std::lock_guard lock(mutex_);
      line_.push_back(std::move(step));
    }
    changed_.notify_one();
  }

  Step* claim() {
    const std::lock_guard lock(mutex_);
    return claim_locked();
  }

  Step* claim_locked() {
    for (const std::unique_ptr<Step>& step : line_) {
      if (step->claimed) continue;
      step->claimed = true;
      return step.get();
    }
    return nullptr;
  }

  void wait_for_first() {
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [&] { return line_.front()->done; });
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

  size_t helpers_;
  std::mutex mutex_;
  std::condition_variable changed_;           // there is work, or an end of it
  std::condition_variable finished_;          // a task is done
  std::deque<std::unique_ptr<Step>> line_;    // in order; only the caller's thread changes its length
  std::vector<std::unique_ptr<Step>> spare_;  // used ones, for their memory; the caller's thread's
  bool stopped_ = false;
};

// work(number) for each number below the count, in any order.
template <class Work>
void for_each_in_parallel(size_t count, size_t helpers, Work&& work) {
  OrderedPipeline<size_t> pipeline(count == 0 ? 0 : std::min(helpers, count - 1));
  size_t next = 0;
  pipeline.run(
      [&](size_t& number) {
        number = next;
        return next++ < count;
      },
      [&](size_t& number, size_t) { work(number); }, [](size_t&) {});
}

}  // namespace searchlib
