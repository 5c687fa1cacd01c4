// Reads a JSON array of strings, which is all that the Russian dictionary's two text files are. The strings are
// views into the file. It knows no other JSON; what it does not know is an error.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

// Immutable; the file's bytes must outlive it. A string without a backslash is not copied: opening the
// dictionary would else spend longer on 22,000 strings, of which a query reads ten, than on all the rest.
class JsonStrings {
 public:
  JsonStrings() = default;

  // The strings of `["a", "б"]`; none if the bytes are anything else.
  static std::optional<JsonStrings> read(std::span<const uint8_t> json);

  size_t size() const { return places_.size(); }
  std::string_view operator[](size_t number) const;

 private:
  static constexpr uint32_t kUnescaped = uint32_t{1} << 31;
  static constexpr size_t kMaxBytes = kUnescaped;

  std::string_view json_;
  std::vector<uint32_t> places_;  // of a string's first byte in json_, or kUnescaped | its number below
  std::vector<std::string> unescaped_;
};

}  // namespace searchlib
