#include "text/strict_json.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "text/json_cursor.hpp"
#include "text/json_text.hpp"
#include "text/known_utf8.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr std::string_view kUtc = "+00:00";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 0 stands for any digit.
bool has_form(std::string_view text, std::string_view form) {
  const auto fits = [](char c, char wanted) { return wanted == '0' ? is_digit(c) : c == wanted; };
  return std::equal(text.begin(), text.end(), form.begin(), form.end(), fits);
}

class Checker : public JsonCursor {
 public:
  Checker(std::string_view json, std::span<const std::string> dates) : JsonCursor(json), dates_(dates) {}

  bool is_object() { return at('{') && value(0) && done(); }

  // Where moments have their +00:00, in order.
  const std::vector<const char*>& zones() const { return zones_; }

 private:
  // 0 at the end: no value begins with it.
  char peek() const { return at_ == end_ ? '\0' : *at_; }

  void skip_spaces() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
  }

  bool value(size_t depth) {
    switch (peek()) {
      case '"': {
        const char* const first = at_;
        return string() && (!in_dates_ || is_date(std::string_view(first, static_cast<size_t>(at_ - first))));
      }
      case '{':
        return depth < kMaxDepth && members(depth + 1);
      case '[':
        return depth < kMaxDepth && items(depth + 1);
      case 't':
        return take("true");
      case 'f':
        return take("false");
      case 'n':
        return take("null");
      default:
        return number();
    }
  }

  bool members(size_t depth) {
    take('{');
    skip_spaces();
    if (take('}')) return true;
    do {
      skip_spaces();
      const char* const name = at_;
      if (!string()) return false;
      in_dates_ = depth == 1 && has_dates(std::string_view(name, static_cast<size_t>(at_ - name)));
      skip_spaces();
      if (!take(':') || !spaced_value(depth)) return false;
    } while (take(','));
    return take('}');
  }

  bool has_dates(std::string_view name) const {
    return std::find(dates_.begin(), dates_.end(), name) != dates_.end();
  }

  // Of the value that a string of such a field is, with its quotes.
  bool is_date(std::string_view quoted) {
    const std::string_view text = quoted.substr(1, quoted.size() - 2);
    if (has_form(text, "0000-00-00")) return true;
    if (!has_form(text, "0000-00-00T00:00:00+00:00") && !has_form(text, "0000-00-00T00:00:00.000000+00:00"))
      return false;
    if (!text.ends_with(kUtc)) return false;
    zones_.push_back(text.data() + text.size() - kUtc.size());
    return true;
  }

  bool items(size_t depth) {
    take('[');
    skip_spaces();
    if (take(']')) return true;
    do {
      if (!spaced_value(depth)) return false;
    } while (take(','));
    return take(']');
  }

  bool spaced_value(size_t depth) {
    skip_spaces();
    if (!value(depth)) return false;
    skip_spaces();
    return true;
  }

  bool string() {
    if (!take('"')) return false;
    while (true) {
      at_ = end_of_plain_json(at_, end_);
      if (take('"')) return true;
      if (!take('\\') || !escape()) return false;
    }
  }

  // What stands behind a backslash. A half of a pair in letters of its own (\ud83d) is for a whole reader.
  bool escape() {
    if (at_ == end_) return false;
    const char letter = *at_++;
    if (letter != 'u') return std::string_view("\"\\/bfnrt").find(letter) != std::string_view::npos;
    if (end_ - at_ < 4) return false;
    for (int i = 0; i < 4; ++i) {
      const char lower = static_cast<char>(at_[i] | 0x20);
      if (!is_digit(at_[i]) && (lower < 'a' || lower > 'f')) return false;
    }
    const bool is_half = (at_[0] | 0x20) == 'd' && at_[1] >= '8';  // letters come after digits
    at_ += 4;
    return !is_half;
  }

  bool digits() {
    const char* const first = at_;
    while (is_digit(peek())) ++at_;
    return at_ != first;
  }

  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (peek() != 'e' && peek() != 'E') return true;
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    return digits();
  }

  std::span<const std::string> dates_;
  std::vector<const char*> zones_;
  bool in_dates_ = false;  // in the value of such a field
};

}  // namespace

// Their three bytes begin with ED, A0 or more; other characters that begin so are Hangul.
bool has_surrogates(std::string_view utf8) {
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  while (at != end &&
         (at = static_cast<const char*>(std::memchr(at, 0xED, static_cast<size_t>(end - at)))) != nullptr) {
    if (end - at > 1 && static_cast<uint8_t>(at[1]) >= 0xA0) return true;
    ++at;
  }
  return false;
}

bool strict_json(std::string_view text, std::span<const std::string> dates, std::string& out) {
  Checker checker(text, dates);
  if (!checker.is_object() || !utf8::is_known(text) || has_surrogates(text)) return false;
  out.clear();
  const char* at = text.data();
  for (const char* zone : checker.zones()) {
    out.append(at, zone);
    out += 'Z';
    at = zone + kUtc.size();
  }
  out.append(at, text.data() + text.size());
  return true;
}

}  // namespace searchlib
