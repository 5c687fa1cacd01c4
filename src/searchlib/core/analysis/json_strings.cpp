#include "analysis/json_strings.hpp"

#include <cstring>

#include "text/json_text.hpp"

namespace searchlib {
namespace {

constexpr size_t kBytesOfString = 16;  // about as many as one takes in the lists of the Russian dictionary

// What stands between two strings, their quotes with it, if that is short: most often what stood between the two before.
class Between {
 public:
  void set(const char* begin, const char* end) {
    size_ = static_cast<size_t>(end - begin);
    if (size_ > 8) size_ = 0;
    mask_ = size_ == 0 ? 0 : ~uint64_t{0} >> (64 - 8 * size_);
    std::memcpy(&bytes_, begin, size_);
  }

  // Where it ends if it begins there, else null.
  const char* end_at(const char* at, const char* end) const {
    if (size_ == 0 || end - at < 8) return nullptr;
    uint64_t bytes;
    std::memcpy(&bytes, at, 8);
    return ((bytes ^ bytes_) & mask_) == 0 ? at + size_ : nullptr;
  }

 private:
  uint64_t bytes_ = 0, mask_ = 0;
  size_t size_ = 0;
};

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

  bool take(const Between& between) {
    const char* const after = between.end_at(at_, end_);
    if (after != nullptr) at_ = after;
    return after != nullptr;
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
  if (reader.take(']')) return reader.done() ? std::optional(std::move(strings)) : std::nullopt;
  strings.places_.reserve(json.size() / kBytesOfString);
  if (!reader.take('"')) return std::nullopt;
  for (Between between;;) {
    const auto place = static_cast<uint32_t>(reader.at() - strings.json_.data());
    if (reader.plain_string()) {
      strings.places_.push_back(place);
    } else {
      strings.places_.push_back(kUnescaped | static_cast<uint32_t>(strings.unescaped_.size()));
      if (!reader.string(strings.unescaped_.emplace_back())) return std::nullopt;
    }
    if (reader.take(between)) continue;
    const char* const behind = reader.at();
    if (!reader.take(',')) break;
    if (!reader.take('"')) return std::nullopt;
    between.set(behind, reader.at());
  }
  return reader.take(']') && reader.done() ? std::optional(std::move(strings)) : std::nullopt;
}

std::string_view JsonStrings::operator[](size_t number) const {
  const uint32_t place = places_[number];
  if ((place & kUnescaped) != 0) return unescaped_[place & ~kUnescaped];
  return json_.substr(place, json_.find('"', place) - place);
}

}  // namespace searchlib
