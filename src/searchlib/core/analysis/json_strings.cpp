#include "analysis/json_strings.hpp"

#include <bit>
#include <cstring>

namespace searchlib {
namespace {

// The first quote, backslash or control character, eight bytes at a time: in each byte of `found`, the top
// bit says that it is one, and nothing below the first such byte is disturbed by borrows.
const char* end_of_plain(const char* at, const char* end) {
  constexpr uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
  const auto zeros = [](uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
  while (end - at >= 8) {
    uint64_t bytes;
    std::memcpy(&bytes, at, 8);  // little-endian, as all machines that searchlib runs on
    const uint64_t control = (bytes - kOnes * 0x20) & ~bytes;
    const uint64_t found = (zeros(bytes ^ kOnes * '"') | zeros(bytes ^ kOnes * '\\') | control) & kTops;
    if (found != 0) return at + std::countr_zero(found) / 8;
    at += 8;
  }
  while (at != end && *at != '"' && *at != '\\' && static_cast<uint8_t>(*at) >= 0x20) ++at;
  return at;
}

class Reader {
 public:
  explicit Reader(std::string_view json) : at_(json.data()), end_(json.data() + json.size()) {}

  const char* at() const { return at_; }

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

  // What follows an opening quote, up to the closing one, if nothing in it is escaped; else stays.
  bool plain_string() {
    const char* after = end_of_plain(at_, end_);
    if (after == end_ || *after != '"') return false;
    at_ = after + 1;
    return true;
  }

  // The same with escapes, which `out` has unescaped.
  bool string(std::string& out) {
    while (at_ != end_) {
      const char* plain = at_;
      at_ = end_of_plain(at_, end_);
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

std::optional<JsonStrings> JsonStrings::read(std::span<const uint8_t> json) {
  if (json.size() >= kMaxBytes) return std::nullopt;
  JsonStrings strings;
  strings.json_ = {reinterpret_cast<const char*>(json.data()), json.size()};
  Reader reader(strings.json_);
  if (!reader.take('[')) return std::nullopt;
  if (!reader.take(']')) {
    do {
      if (!reader.take('"')) return std::nullopt;
      const auto place = static_cast<uint32_t>(reader.at() - strings.json_.data());
      if (reader.plain_string()) {
        strings.places_.push_back(place);
        continue;
      }
      strings.places_.push_back(kUnescaped | static_cast<uint32_t>(strings.unescaped_.size()));
      if (!reader.string(strings.unescaped_.emplace_back())) return std::nullopt;
    } while (reader.take(','));
    if (!reader.take(']')) return std::nullopt;
  }
  return reader.done() ? std::optional(std::move(strings)) : std::nullopt;
}

std::string_view JsonStrings::operator[](size_t number) const {
  const uint32_t place = places_[number];
  if ((place & kUnescaped) != 0) return unescaped_[place & ~kUnescaped];
  return json_.substr(place, json_.find('"', place) - place);
}

}  // namespace searchlib
