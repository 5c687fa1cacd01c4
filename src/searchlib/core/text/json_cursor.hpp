// A place in a text of JSON, which moves over what is expected there. What reads values stands on it.

#pragma once

#include <cstddef>
#include <string_view>

namespace searchlib {

class JsonCursor {
 public:
  explicit JsonCursor(std::string_view json) : at_(json.data()), end_(json.data() + json.size()) {}

  bool take(char wanted) {
    if (!at(wanted)) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view wanted) {
    if (!std::string_view(at_, static_cast<size_t>(end_ - at_)).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }
  bool at(char wanted) const { return at_ != end_ && *at_ == wanted; }
  bool done() const { return at_ == end_; }

 protected:
  const char* at_;
  const char* end_;
};

}  // namespace searchlib
