#include "search/deadline.hpp"

#include <limits>

#include <algorithm>

#include "errors.hpp"

namespace searchlib {
namespace {

constexpr std::chrono::milliseconds kInterruptInterval{50};

// The longest time that a clock's number can hold is 292 years; a few less are as good as for ever.
constexpr double kForEver = 1e9;

thread_local Deadline* innermost = nullptr;

}  // namespace

Deadline::Deadline(double seconds, Interrupt interrupt) : interrupt_(interrupt) {
  const Clock::time_point now = Clock::now();
  if (seconds < kForEver) {
    end_ = now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  }
  end_ = std::min(end_, current().end_);
  if (interrupt_ != nullptr) next_interrupt_ = now + kInterruptInterval;
}

Deadline::Deadline(const Deadline& call, const std::atomic<bool>& stopped)
    : end_(call.end_), stopped_(&stopped) {}

double Deadline::seconds_left() const {
  if (end_ == Clock::time_point::max()) return std::numeric_limits<double>::infinity();
  return std::chrono::duration<double>(end_ - Clock::now()).count();
}

void Deadline::look() {
  ticks_left_ = kTicks;
  if (stopped_ != nullptr && stopped_->load(std::memory_order_relaxed)) throw SearchTimeout("stopped");
  const Clock::time_point now = Clock::now();
  if (now >= end_) throw SearchTimeout("the search did not end in the time that it was given");
  if (now >= next_interrupt_) {
    next_interrupt_ = now + kInterruptInterval;
    interrupt_();
  }
}

Deadline& Deadline::current() {
  thread_local Deadline none;
  return innermost != nullptr ? *innermost : none;
}

Deadline::Scope::Scope(Deadline& deadline) : outer_(innermost) { innermost = &deadline; }

Deadline::Scope::~Scope() { innermost = outer_; }

}  // namespace searchlib
