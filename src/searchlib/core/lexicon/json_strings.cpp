#include "lexicon/json_strings.hpp"

#include <string_view>

namespace searchlib {
namespace {

class Reader {
 public:
  explicit Reader(std::span<const uint8_t> json)
      : at_(reinterpret_cast<const char*>(json.data())), end_(at_ + json.size()) {}

  bool take(char wanted) {
    skip_space();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  bool done() {
    skip_space();
    return at_ == end_;
  }

  // What follows an opening quote, up to the closing one.
  bool string(std::string& out) {
    while (at_ != end_) {
      const char* plain = at_;
      while (at_ != end_ && *at_ != '"' && *at_ != '\\' && static_cast<uint8_t>(*at_) >= 0x20) ++at_;
      out.append(plain, at_);
      if (at_ == end_ || static_cast<uint8_t>(*at_) < 0x20) return false;
      if (*at_++ == '"') return true;
      if (!escape(out)) return false;
    }
    return false;
  }

 private:
  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }

  bool escape(std::string& out) {
    constexpr std::string_view kEscapes = "\"\"\\\\//b\bf\fn\nr\rt\t";
    if (at_ == end_) return false;
    const char letter = *at_++;
    if (letter == 'u') return code_point(out);
    for (size_t i = 0; i < kEscapes.size(); i += 2) {
      if (kEscapes[i] != letter) continue;
      out.push_back(kEscapes[i + 1]);
      return true;
    }
    return false;
  }

  // \u0439. Characters beyond the first plane, which JSON writes as two of these, are in no dictionary.
  bool code_point(std::string& out) {
    if (end_ - at_ < 4) return false;
    uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const char digit = *at_++;
      const char lower = static_cast<char>(digit | 0x20);
      if (digit >= '0' && digit <= '9') {
        code = code << 4 | static_cast<uint32_t>(digit - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        code = code << 4 | static_cast<uint32_t>(lower - 'a' + 10);
      } else {
        return false;
      }
    }
    if (code >= 0xD800 && code < 0xE000) return false;
    if (code < 0x80) {
      out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
      out.push_back(static_cast<char>(0xC0 | code >> 6));
      out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    } else {
      out.push_back(static_cast<char>(0xE0 | code >> 12));
      out.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
      out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    }
    return true;
  }

  const char* at_;
  const char* end_;
};

}  // namespace

std::optional<std::vector<std::string>> read_json_strings(std::span<const uint8_t> json) {
  Reader reader(json);
  std::vector<std::string> strings;
  if (!reader.take('[')) return std::nullopt;
  if (!reader.take(']')) {
    do {
      if (!reader.take('"') || !reader.string(strings.emplace_back())) return std::nullopt;
    } while (reader.take(','));
    if (!reader.take(']')) return std::nullopt;
  }
  return reader.done() ? std::optional(std::move(strings)) : std::nullopt;
}

}  // namespace searchlib
