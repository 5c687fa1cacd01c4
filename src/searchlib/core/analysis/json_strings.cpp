#include "analysis/json_strings.hpp"

#include "text/json_text.hpp"

namespace searchlib {
namespace {

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
    const char* after = end_of_plain_json(at_, end_);
    if (after == end_ || *after != '"') return false;
    at_ = after + 1;
    return true;
  }

  // The same with escapes, which `out` has unescaped.
  bool string(std::string& out) { return read_json_string(at_, end_, out); }

 private:
  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
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
