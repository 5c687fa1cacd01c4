// Python's side of search/deadline.hpp: a call that may be long, with its time and with Ctrl-C. Make one
// before the interpreter's lock is released.

#pragma once

#include <nanobind/nanobind.h>

#include <cmath>
#include <limits>
#include <optional>

#include "search/deadline.hpp"

namespace searchlib {

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
  }

  Deadline deadline_;
  Deadline::Scope scope_;
};

}  // namespace searchlib
