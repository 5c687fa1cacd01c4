// Python's side of the texts of a page (highlight/field_texts.hpp), as they stand in its documents or as Python reads
// them.

#include <nanobind/stl/shared_ptr.h>

#include <memory>
#include <string>
#include <vector>

#include "bind_documents.hpp"
#include "bind_highlight.hpp"
#include "bind_released.hpp"
#include "bind_text.hpp"
#include "text/json_field.hpp"
#include "text/json_text.hpp"

namespace nb = nanobind;

namespace searchlib {

using namespace highlighting;

namespace {

std::shared_ptr<FieldTexts> field_texts(const DocumentLines& lines, const nb::str& field) {
  auto texts = std::make_shared<FieldTexts>();
  texts->texts.resize(lines.lines.size());
  std::string name;
  put_json_string(Utf8Text(field).view(), name);
  std::vector<std::string> values;
  const Released released(num_bytes_of(lines));
  for (size_t i = 0; i < texts->texts.size(); ++i) {
    if (read_json_field(lines.lines[i], name, values) != JsonField::kOther) texts->texts[i].set(values);
  }
  return texts;
}

std::shared_ptr<FieldTexts> empty_texts(size_t count) {
  auto texts = std::make_shared<FieldTexts>();
  texts->texts.resize(count);
  return texts;
}

FieldText& text_at(FieldTexts& texts, size_t number) {
  if (number >= texts.texts.size()) throw nb::index_error("there is no text of that number");
  return texts.texts[number];
}

void put_text(FieldTexts& texts, size_t number, const nb::sequence& python_values) {
  std::vector<std::string> values;
  for (nb::handle value : python_values) values.emplace_back(Utf8Text(nb::cast<nb::str>(value)).view());
  if (!text_at(texts, number).set(values)) throw nb::value_error("a text has fewer than 4 GiB as UTF-8");
}

nb::list unread_of(const FieldTexts& texts) {
  nb::list numbers;
  for (size_t i = 0; i < texts.texts.size(); ++i) {
    if (!texts.texts[i].is_read) numbers.append(i);
  }
  return numbers;
}

}  // namespace

void bind_field_texts(nb::module_& module) {
  nb::class_<FieldTexts>(module, "FieldTexts")
      .def("__len__", [](const FieldTexts& texts) { return texts.texts.size(); })
      .def("unread", unread_of)
      .def("put", put_text, nb::arg("number"), nb::arg("values"))
      .def(
          "text", [](FieldTexts& texts, size_t number) { return to_str(text_at(texts, number).utf8); },
          nb::arg("number"))
      .def("texts", [](const FieldTexts& texts) {
        nb::list list = list_of(texts.texts.size());
        for (size_t i = 0; i < texts.texts.size(); ++i) set_item(list, i, to_str(texts.texts[i].utf8));
        return list;
      });
  module.def("field_texts", field_texts, nb::arg("lines"), nb::arg("field"));
  module.def("empty_texts", empty_texts, nb::arg("count"));
}

}  // namespace searchlib
