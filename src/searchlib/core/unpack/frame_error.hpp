// What is thrown where bytes are no frame of zstandard, or none of the dictionary at hand.

#pragma once

#include <stdexcept>

namespace searchlib::unpacking {

class FrameError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[noreturn]] inline void broken(const char* what) { throw FrameError(what); }

}  // namespace searchlib::unpacking
