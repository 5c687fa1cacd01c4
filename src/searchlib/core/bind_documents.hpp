// Stored documents as Python holds them: those of a page, to read fields of.

#pragma once

#include <string>
#include <vector>

#include "bind.hpp"

namespace searchlib {

// Registrar, called by that of bind_documents.cpp.
void bind_plain_documents(nanobind::module_& module);

struct DocumentLines {
  std::vector<std::string> lines;  // encoded, one a document
};

inline size_t num_bytes_of(const DocumentLines& lines) {
  size_t sum = 0;
  for (const std::string& line : lines.lines) sum += line.size();
  return sum;
}

}  // namespace searchlib
