// Python's side of stored documents: one of strings alone, as JSON in UTF-8. The UTF-8 stays with each
// string, so that the builder, which reads the same strings, need not encode them again.

#include <string>
#include <string_view>

#include "bind.hpp"
#include "bind_strings.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

bool must_escape(unsigned char byte) { return byte < 0x20 || byte == '"' || byte == '\\'; }

void escape(unsigned char byte, std::string& out) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  static constexpr std::string_view kNamed = "\"\\\n\r\t\b\f";
  static constexpr std::string_view kLetters = "\"\\nrtbf";
  out.push_back('\\');
  const size_t named = kNamed.find(static_cast<char>(byte));
  if (named != std::string_view::npos) {
    out.push_back(kLetters[named]);
    return;
  }
  out += "u00";
  out.push_back(kDigits[byte >> 4]);
  out.push_back(kDigits[byte & 15]);
}

// As Python's json writes a string with ensure_ascii=False.
void put_string(std::string_view text, std::string& out) {
  out.push_back('"');
  size_t copied = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!must_escape(static_cast<unsigned char>(text[i]))) continue;
    out.append(text, copied, i - copied);
    escape(static_cast<unsigned char>(text[i]), out);
    copied = i + 1;
  }
  out.append(text, copied, text.size() - copied);
  out.push_back('"');
}

// {"name":"value",…} or None if a value is no str.
nb::object json_of_strings(const nb::dict& values) {
  std::string out = "{";
  for (auto [name, value] : values) {
    if (!PyUnicode_Check(value.ptr()) || !PyUnicode_Check(name.ptr())) return nb::none();
    if (out.size() > 1) out.push_back(',');
    put_string(utf8_of(name), out);
    out.push_back(':');
    put_string(utf8_of(value), out);
  }
  out.push_back('}');
  return nb::bytes(out.data(), out.size());
}

}  // namespace

void bind_documents(nb::module_& module) {
  module.def("json_of_strings", json_of_strings, nb::arg("values"));
  module.def("utf8_length", [](const nb::str& text) { return utf8_of(text).size(); }, nb::arg("text"));
}

}  // namespace searchlib
