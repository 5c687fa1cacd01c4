// A sink that calls begin(part) and write(bytes) of a Python object.

#pragma once

#include <nanobind/nanobind.h>

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
    if (bytes.empty()) return;
    nanobind::gil_scoped_acquire held;
    write_(nanobind::bytes(bytes.data(), bytes.size()));
  }

 private:
  nanobind::object begin_;
  nanobind::object write_;
};

}  // namespace searchlib
