// When a call must end, and whether its caller still wants it: every loop that may be long asks. A deadline
// knows a moment, a check for interrupts and a flag that other threads raise; it throws SearchTimeout, or what
// the check throws. It knows neither queries nor Python.
//
// A call into the core makes a Deadline and a Scope. Loops take `Deadline& deadline = Deadline::current()`
// once and then call deadline.tick() for every few hundred nanoseconds of work: a document that is scored, a
// form that is compared, a block that is decoded.

#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace searchlib {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;
  using Interrupt = void (*)();  // throws if the call is to end

  // No end and no interrupt: what runs outside of any Scope.
  Deadline() = default;
  // seconds: from now, ≥ 0; infinity: no end. Within a Scope of this thread, no later than that one ends:
  // several calls may share one time. interrupt may be null. Called every 50 ms at most, since it may
  // have to wait for a lock.
  Deadline(double seconds, Interrupt interrupt);
  // For another thread that works for the same call: the same end, or sooner if the flag is raised.
  Deadline(const Deadline& call, const std::atomic<bool>& stopped);

  // A subtraction and a comparison.
  void tick() {
    if (--ticks_left_ == 0) look();
  }

  // The same for so many times the work.
  void tick(uint32_t times) {
    if (ticks_left_ <= times) {
      look();
    } else {
      ticks_left_ -= times;
    }
  }

  // Until the end; infinity if there is none.
  double seconds_left() const;

  // What a tick does now and then. Throws SearchTimeout, or what the interrupt throws.
  void look();

  // That of the innermost Scope of this thread.
  static Deadline& current();

  class Scope {
   public:
    explicit Scope(Deadline& deadline);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Deadline* outer_;
  };

 private:
  static constexpr uint32_t kTicks = 256;

  Clock::time_point end_ = Clock::time_point::max();
  Clock::time_point next_interrupt_ = Clock::time_point::max();
  Interrupt interrupt_ = nullptr;
  const std::atomic<bool>* stopped_ = nullptr;
  uint32_t ticks_left_ = kTicks;
};

}  // namespace searchlib
