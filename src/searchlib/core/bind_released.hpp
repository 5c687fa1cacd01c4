// The interpreter's lock, given up while bytes are worked through, if there are enough of them.

#pragma once

#include <nanobind/nanobind.h>

#include <optional>

namespace searchlib {

// Shorter work keeps the lock: to give it up may cost milliseconds.
constexpr size_t kWorthReleasing = 1 << 18;

struct Released {
  explicit Released(size_t num_bytes) {
    if (num_bytes >= kWorthReleasing) lock_.emplace();
  }

 private:
  std::optional<nanobind::gil_scoped_release> lock_;
};

}  // namespace searchlib
