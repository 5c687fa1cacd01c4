#include "text/json_field.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "text/utf8.hpp"

namespace searchlib {
namespace {

// The first quote, backslash or control character, eight bytes at a time: in each byte of `found` the top bit says
// that it is one, and nothing below the first such byte is disturbed by borrows.
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

  bool take(char wanted) {
    if (at_ == end_ || *at_ != wanted) return false;
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

  // Over a string, which begins here.
  bool skip_string() {
    if (!take('"')) return false;
    while (const auto* quote =
               static_cast<const char*>(std::memchr(at_, '"', static_cast<size_t>(end_ - at_)))) {
      const char* slash = quote;
      while (slash != at_ && slash[-1] == '\\') --slash;
      at_ = quote + 1;
      if ((quote - slash) % 2 == 0) return true;
    }
    return false;
  }

  // Over any value: to the comma or the bracket behind it.
  bool skip_value() {
    size_t depth = 0;
    while (at_ != end_) {
      switch (*at_) {
        case '"':
          if (!skip_string()) return false;
          continue;
        case '[':
        case '{':
          ++depth;
          break;
        case ']':
        case '}':
          if (depth == 0) return true;
          --depth;
          break;
        case ',':
          if (depth == 0) return true;
          break;
        default:
          break;
      }
      ++at_;
    }
    return false;
  }

  // A string's characters.
  bool string(std::string& out) {
    if (!take('"')) return false;
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

  // Of what we write only control characters have it; halves of pairs are left to the whole reader.
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
    utf8::append(out, code);
    return true;
  }

  const char* at_;
  const char* end_;
};

JsonField read_value(Reader& reader, std::vector<std::string>& values) {
  if (reader.take("null")) return JsonField::kAbsent;
  if (!reader.take('[')) return reader.string(values.emplace_back()) ? JsonField::kText : JsonField::kOther;
  if (reader.take(']')) return JsonField::kText;
  do {
    if (!reader.string(values.emplace_back())) return JsonField::kOther;
  } while (reader.take(','));
  return reader.take(']') ? JsonField::kText : JsonField::kOther;
}

}  // namespace

JsonField read_json_field(std::string_view object, std::string_view json_name,
                          std::vector<std::string>& values) {
  values.clear();
  Reader reader(object);
  if (!reader.take('{')) return JsonField::kOther;
  if (reader.take('}')) return reader.done() ? JsonField::kAbsent : JsonField::kOther;
  do {
    if (reader.take(json_name) && reader.take(':')) {
      const JsonField found = read_value(reader, values);
      return reader.at(',') || reader.at('}') ? found : JsonField::kOther;
    }
    if (!reader.skip_string() || !reader.take(':') || !reader.skip_value()) return JsonField::kOther;
  } while (reader.take(','));
  return reader.take('}') && reader.done() ? JsonField::kAbsent : JsonField::kOther;
}

std::string_view line_of(std::string_view lines, size_t number, bool& found) {
  size_t begin = 0;
  for (; number > 0; --number) {
    const size_t end = lines.find('\n', begin);
    if (end == std::string_view::npos) {
      found = false;
      return {};
    }
    begin = end + 1;
  }
  found = true;
  return lines.substr(begin, lines.find('\n', begin) - begin);
}

}  // namespace searchlib
