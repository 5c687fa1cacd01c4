// Python's side of search/deadline.hpp: a call that may be long, with its time and with Ctrl-C. Make one
// before the interpreter's lock is released.

#pragma once

#include <nanobind/nanobind.h>

#include <cmath>
#include <limits>
#include <optional>

#include "errors.hpp"
#include "search/deadline.hpp"

namespace searchlib {

// What is asked, in the thread that asked for it, whether the answer of a call is wanted still.
class Wanted {
 public:
  // is_wanted lives longer than the scope.
  class Scope {
   public:
    explicit Scope(nanobind::handle is_wanted) : outer_(asked_) { asked_ = is_wanted.ptr(); }
    ~Scope() { asked_ = outer_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    PyObject* outer_;
  };

  // With the interpreter's lock. Throws SearchTimeout, or what is_wanted raised.
  static void check() {
    if (asked_ != nullptr && !nanobind::cast<bool>(nanobind::handle(asked_)()))
      throw SearchTimeout("nobody waits for the answer any more");
  }

 private:
  static inline thread_local PyObject* asked_ = nullptr;
};

class TimedCall {
 public:
  // timeout: seconds, ≥ 0; none: no end. Throws SearchTimeout if there is no time at all.
  explicit TimedCall(std::optional<double> timeout = std::nullopt)
      : deadline_(seconds_of(timeout), check_signals), scope_(deadline_) {
    deadline_.look();
  }

 private:
  static double seconds_of(std::optional<double> timeout) {
    if (!timeout) return std::numeric_limits<double>::infinity();
    if (std::isnan(*timeout) || *timeout < 0) throw nanobind::value_error("a timeout is 0 seconds or more");
    return *timeout;
  }

  // Python's signal handlers run in its main thread; anywhere else this does nothing.
  static void check_signals() {
    const nanobind::gil_scoped_acquire held;
    if (PyErr_CheckSignals() != 0) throw nanobind::python_error();
    Wanted::check();
  }

  Deadline deadline_;
  Deadline::Scope scope_;
};

}  // namespace searchlib
