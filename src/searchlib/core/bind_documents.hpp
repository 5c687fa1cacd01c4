// Stored documents as Python holds them: those of a page, to read fields of.

#pragma once

#include <string>
#include <vector>

namespace searchlib {

struct DocumentLines {
  std::vector<std::string> lines;  // encoded, one a document
};

}  // namespace searchlib
