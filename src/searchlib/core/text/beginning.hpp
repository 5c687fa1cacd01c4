// So much of a text as is read to tell what a document is about.

#pragma once

#include <string_view>

#include "text/known_utf8.hpp"

namespace searchlib {

// Of a longer text only words count that end within so many characters. Some more are scanned, so that the last word
// is not cut.
struct Beginning {
  std::string_view text;  // to be scanned
  size_t end;             // a token counts that ends here or before
};

inline Beginning beginning_of(std::string_view text, size_t max_chars) {
  constexpr size_t kMoreChars = 64;
  const std::string_view counted = utf8::first_chars(text, max_chars);
  const std::string_view more = utf8::first_chars(text.substr(counted.size()), kMoreChars);
  return {text.substr(0, counted.size() + more.size()), counted.size()};
}

}  // namespace searchlib
