// What the core throws. bind_errors.cpp turns each into the class of searchlib.errors that bears its name.

#pragma once

#include <stdexcept>
#include <string>

namespace searchlib {

struct CorruptIndexError : std::runtime_error {
  explicit CorruptIndexError(const std::string& message, std::string part_name = "",
                             std::string file_name = "")
      : std::runtime_error(message), part(std::move(part_name)), file(std::move(file_name)) {}
  std::string part;
  std::string file;
};

struct DocumentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct QueryTooComplex : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct SearchTimeout : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace searchlib
