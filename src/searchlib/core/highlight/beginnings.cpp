#include "highlight/beginnings.hpp"

#include <algorithm>

#include "text/known_utf8.hpp"
#include "text/normalise.hpp"
#include "text/utf8.hpp"

namespace searchlib::highlighting {
namespace {

constexpr size_t kMaxNameChars = 4096;  // a path has no more

bool is_continuation(char byte) { return utf8::is_continuation(static_cast<uint8_t>(byte)); }

std::string_view last_chars(std::string_view text, size_t count) {
  size_t at = text.size();
  for (; at > 0 && count > 0; --count) {
    for (--at; at > 0 && is_continuation(text[at]);) --at;
  }
  return text.substr(at);
}

std::u32string folded(std::string_view text) {
  std::u32string chars(text.size(), U'\0');
  chars.resize(static_cast<size_t>(utf8::decode_known(text, chars.data()) - chars.data()));
  fold_case(chars);
  return chars;
}

std::string_view without_ending(std::string_view name, std::string_view ending) {
  const std::string_view its = last_chars(name, utf8::extent_of(ending).count);
  return its == ending || folded(its) == folded(ending) ? name.substr(0, name.size() - its.size()) : name;
}

}  // namespace

void append_beginnings(const FieldText& text, std::string_view ending, size_t max_chars,
                       std::vector<Beginning>& out) {
  for (size_t i = 0; i < text.ends.size() && max_chars > 0; ++i) {
    const std::string_view value = text.value(i);
    const size_t num_chars = text.ends.size() == 1 ? text.num_chars : utf8::extent_of(value).count;
    const bool may_be_name = !ending.empty() && num_chars <= kMaxNameChars;
    out.push_back(beginning_of(may_be_name ? without_ending(value, ending) : value, max_chars));
    max_chars -= std::min(max_chars, num_chars);
  }
}

}  // namespace searchlib::highlighting
