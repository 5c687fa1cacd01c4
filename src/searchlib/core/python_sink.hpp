// A sink that calls begin(part) and write(bytes) of a Python object.

#pragma once

#include <nanobind/nanobind.h>

#include <algorithm>

#include "build/part_sink.hpp"

namespace searchlib {

class PythonSink : public PartSink {
 public:
  explicit PythonSink(nanobind::handle target) : begin_(target.attr("begin")), write_(target.attr("write")) {}

  void begin(const std::string& part) override {
    nanobind::gil_scoped_acquire held;
    begin_(part);
  }

  void write(std::span<const uint8_t> bytes) override {
    nanobind::gil_scoped_acquire held;
    // Piece by piece: memory for a copy of many megabytes would be taken from the system, and given back.
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(kPiece, bytes.size())))
      write_(nanobind::bytes(bytes.data(), std::min(kPiece, bytes.size())));
  }

 private:
  static constexpr size_t kPiece = 64 << 10;

  nanobind::object begin_;
  nanobind::object write_;
};

}  // namespace searchlib
