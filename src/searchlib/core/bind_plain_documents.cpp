// Python's side of documents that are added: those of plain values are checked and encoded here, as JSON in UTF-8. The
// builder, which reads the same strings, is given their UTF-8, so that they are encoded once.

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.hpp"
#include "bind_documents.hpp"
#include "bind_plain_values.hpp"
#include "bind_strings.hpp"
#include "text/json_text.hpp"
#include "text/wide_text.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

// {"name":"value",…} or None if a value is no str.
nb::object json_of_strings(const nb::dict& values) {
  std::string out = "{";
  for (auto [name, value] : values) {
    if (!PyUnicode_Check(value.ptr()) || !PyUnicode_Check(name.ptr())) return nb::none();
    if (out.size() > 1) out.push_back(',');
    put_json_string(utf8_of(name), out);
    out.push_back(':');
    put_json_string(utf8_of(value), out);
  }
  out.push_back('}');
  return nb::bytes(out.data(), out.size());
}

// Most documents are dicts of strings, numbers, dates and booleans, one a field. Those that are, and fit, are checked
// and encoded here; of all others Python says what is the matter.
class PlainDocuments {
 public:
  PlainDocuments(nb::str id, size_t max_id_bytes, size_t max_keyword_bytes, size_t max_document_bytes)
      : id_(std::move(id)),
        max_id_bytes_(max_id_bytes),
        max_keyword_bytes_(max_keyword_bytes),
        max_document_bytes_(max_document_bytes) {}

  // In the order of the schema. column: whether it has one; folded: of match keys.
  void add_field(nb::str name, std::string_view kind, bool stored, bool column, bool folded) {
    std::string json;
    put_json_string(utf8_of(name), json);
    json.push_back(':');
    fields_.push_back({std::move(name), std::move(json), value_kind(kind), stored, column, folded});
  }

  // (id or None, for each searched field a text, its UTF-8 or None, the stored line, for each column a list of values,
  // bytes), or None. A keyword's text is a str.
  nb::object encode(nb::handle document) {
    if (!PyDict_CheckExact(document.ptr())) return nb::none();
    const nb::dict values = nb::borrow<nb::dict>(document);
    if (num_chars(values) > max_document_bytes_) return nb::none();  // before anything is made of it
    if (line_.capacity() > kSpareLine) line_ = {};
    if (utf8_.capacity() > kSpareLine) utf8_ = {};
    line_.assign(1, '{');
    size_t size = 0;
    size_t num_known = 0;
    nb::list texts, columns;
    for (const Field& field : fields_) {
      const nb::handle value = item(values, field.name, num_known);
      nb::object in_column;
      if (!value.is_valid() || value.is_none()) {
        if (field.searched()) texts.append(nb::none());
      } else if (field.searched()) {
        if (!put_text(field, value, texts, size)) return nb::none();
        in_column = nb::borrow(value);
      } else {
        in_column = plain_value(field.kind, value, json_);
        if (!in_column.is_valid()) return nb::none();
        if (field.stored) begin_stored(field) += json_;
      }
      if (field.column) columns.append(values_of_column(field, in_column));
    }
    line_.push_back('}');
    nb::object id = nb::none();
    if (!take_id(values, num_known, id) || num_known != nb::len(values)) return nb::none();
    if (size + line_.size() > max_document_bytes_) return nb::none();
    return nb::make_tuple(id, texts, nb::bytes(line_.data(), line_.size()), columns, size + line_.size());
  }

 private:
  // Room for a line stays; for that of a giant document it does not.
  static constexpr size_t kSpareLine = 1 << 20;

  struct Field {
    nb::str name;
    std::string json_key;
    ValueKind kind;
    bool stored, column, folded;
    bool searched() const { return kind == ValueKind::kText || kind == ValueKind::kKeyword; }
  };

  static nb::handle item(const nb::dict& values, const nb::str& name, size_t& num_known) {
    PyObject* value = PyDict_GetItemWithError(values.ptr(), name.ptr());
    if (value == nullptr && PyErr_Occurred() != nullptr) throw nb::python_error();
    num_known += static_cast<size_t>(value != nullptr);
    return value;
  }

  // Of all strings: no UTF-8 of them has fewer bytes.
  static size_t num_chars(const nb::dict& values) {
    size_t sum = 0;
    for (auto [name, value] : values) {
      if (PyUnicode_Check(value.ptr())) sum += static_cast<size_t>(PyUnicode_GET_LENGTH(value.ptr()));
    }
    return sum;
  }

  // Of a plain str without lone surrogates.
  static std::string_view text_or_null(nb::handle value) {
    if (!PyUnicode_CheckExact(value.ptr())) return {};
    Py_ssize_t length = 0;
    const char* bytes = PyUnicode_AsUTF8AndSize(value.ptr(), &length);
    if (bytes == nullptr) PyErr_Clear();
    return {bytes, bytes == nullptr ? 0 : static_cast<size_t>(length)};
  }

  static bool is_wide(nb::handle value) {
    return PyUnicode_CheckExact(value.ptr()) && PyUnicode_KIND(value.ptr()) == PyUnicode_2BYTE_KIND;
  }

  // The same of one that is wide; the bytes last until the next.
  std::string_view wide_text_or_null(nb::handle value) {
    const std::span text(PyUnicode_2BYTE_DATA(value.ptr()),
                         static_cast<size_t>(PyUnicode_GET_LENGTH(value.ptr())));
    return utf8_of_wide(text, utf8_) ? std::string_view(utf8_) : std::string_view();
  }

  // To the texts, and to the line if it is stored; else its bytes count. False: it is none, or does not fit.
  bool put_text(const Field& field, nb::handle value, nb::list& texts, size_t& size) {
    const bool is_keyword = field.kind == ValueKind::kKeyword;
    const bool wide = !is_keyword && is_wide(value);
    const std::string_view text = wide ? wide_text_or_null(value) : text_or_null(value);
    if (text.data() == nullptr || (is_keyword && text.size() > max_keyword_bytes_)) return false;
    if (wide) {
      texts.append(nb::bytes(text.data(), text.size()));
    } else {
      texts.append(value);
    }
    if (field.stored) {
      put_json_string(text, begin_stored(field));
    } else {
      size += text.size();
    }
    return true;
  }

  // The line, up to where the field's value stands.
  std::string& begin_stored(const Field& field) {
    if (line_.size() > 1) line_.push_back(',');
    return line_ += field.json_key;
  }

  static nb::list values_of_column(const Field& field, const nb::object& value) {
    nb::list found;
    if (!value.is_valid()) return found;
    if (field.folded) {
      const std::string key = Analyzer::keyword_key(utf8_of(value));
      found.append(nb::str(key.data(), key.size()));
    } else {
      found.append(value);
    }
    return found;
  }

  bool take_id(const nb::dict& values, size_t& num_known, nb::object& id) const {
    const nb::handle value = item(values, id_, num_known);
    if (!value.is_valid() || value.is_none()) return true;
    const std::string_view text = text_or_null(value);
    id = nb::borrow(value);
    return !text.empty() && text.size() <= max_id_bytes_;
  }

  nb::str id_;
  size_t max_id_bytes_, max_keyword_bytes_, max_document_bytes_;
  std::vector<Field> fields_;
  std::string line_, utf8_, json_;  // of the document at hand
};

}  // namespace

void bind_plain_documents(nb::module_& module) {
  nb::class_<PlainDocuments>(module, "PlainDocuments")
      .def(nb::init<nb::str, size_t, size_t, size_t>(), nb::arg("id"), nb::arg("max_id_bytes"),
           nb::arg("max_keyword_bytes"), nb::arg("max_document_bytes"))
      .def("add_field", &PlainDocuments::add_field, nb::arg("name"), nb::arg("kind"), nb::arg("stored"),
           nb::arg("column"), nb::arg("folded"))
      .def("encode", &PlainDocuments::encode, nb::arg("document").none());
  module.def("json_of_strings", json_of_strings, nb::arg("values"));
  module.def("utf8_length", [](const nb::str& text) { return utf8_of(text).size(); }, nb::arg("text"));
}

}  // namespace searchlib
