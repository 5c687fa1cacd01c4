// Python's side of stored documents: one of strings alone, as JSON in UTF-8. The UTF-8 stays with each
// string, so that the builder, which reads the same strings, need not encode them again.

#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <string_view>
#include <vector>

#include "bind.hpp"
#include "bind_strings.hpp"
#include "postings/document_blocks.hpp"
#include "text/json_text.hpp"

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

// Most documents are dicts of strings. Those that are, and fit, are checked and encoded here; of all others
// Python says what is the matter.
class PlainDocuments {
 public:
  PlainDocuments(nb::str id, size_t max_id_bytes, size_t max_keyword_bytes, size_t max_document_bytes)
      : id_(std::move(id)),
        max_id_bytes_(max_id_bytes),
        max_keyword_bytes_(max_keyword_bytes),
        max_document_bytes_(max_document_bytes) {}

  // In the order of the schema.
  void add_field(nb::str name, bool searched, bool stored, bool keyword) {
    std::string json;
    put_json_string(utf8_of(name), json);
    json.push_back(':');
    fields_.push_back({std::move(name), std::move(json), searched, stored, keyword});
  }

  // (id or None, a text or None for each searched field, the stored line, bytes), or None.
  nb::object encode(nb::handle document) {
    if (!PyDict_CheckExact(document.ptr())) return nb::none();
    const nb::dict values = nb::borrow<nb::dict>(document);
    if (num_chars(values) > max_document_bytes_) return nb::none();  // before anything is made of it
    if (line_.capacity() > kSpareLine) line_ = {};
    line_.assign(1, '{');
    size_t size = 0;
    size_t num_known = 0;
    nb::list texts;
    for (const Field& field : fields_) {
      const nb::handle value = item(values, field.name, num_known);
      if (!value.is_valid() || value.is_none()) {
        if (field.searched) texts.append(nb::none());
        continue;
      }
      const std::string_view text = field.searched ? text_or_null(value) : std::string_view();
      if (text.data() == nullptr || (field.keyword && text.size() > max_keyword_bytes_)) return nb::none();
      texts.append(value);
      if (field.stored) {
        if (line_.size() > 1) line_.push_back(',');
        line_ += field.json_key;
        put_json_string(text, line_);
      } else {
        size += text.size();
      }
    }
    line_.push_back('}');
    nb::object id = nb::none();
    if (!take_id(values, num_known, id) || num_known != nb::len(values)) return nb::none();
    if (size + line_.size() > max_document_bytes_) return nb::none();
    return nb::make_tuple(id, texts, nb::bytes(line_.data(), line_.size()), size + line_.size());
  }

 private:
  // Room for a line stays; for that of a giant document it does not.
  static constexpr size_t kSpareLine = 1 << 20;

  struct Field {
    nb::str name;
    std::string json_key;
    bool searched, stored, keyword;
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
  std::string line_;  // of the document at hand
};

// (block, line, documents of the block, its length unpacked, its frame) of each document.
nb::list places_of(const DocumentBlocks& blocks, const std::vector<uint64_t>& docs) {
  nb::list rows;
  for (const uint64_t doc : docs) {
    if (doc >= blocks.num_docs()) throw nb::index_error("there is no document of that number");
    const DocumentBlocks::Place place = blocks.place_of(static_cast<uint32_t>(doc));
    const std::span<const uint8_t> frame = blocks.frame(place);
    rows.append(nb::make_tuple(place.block, place.line, place.num_docs, place.raw_length,
                               nb::bytes(frame.data(), frame.size())));
  }
  return rows;
}

}  // namespace

void bind_documents(nb::module_& module) {
  using Range = std::pair<uint64_t, uint64_t>;
  nb::class_<DocumentBlocks>(module, "DocumentBlocks")
      .def(
          "__init__",
          [](DocumentBlocks* self, std::shared_ptr<CheckedBuffer> buffer, Range documents, Range index,
             uint32_t of_several, uint32_t of_one) {
            new (self) DocumentBlocks(std::move(buffer), {documents.first, documents.second},
                                      {index.first, index.second}, {of_several, of_one});
          },
          nb::arg("buffer"), nb::arg("documents"), nb::arg("index"), nb::arg("of_several"), nb::arg("of_one"))
      .def("places", places_of, nb::arg("docs"));
  module.def(
      "count_lines",
      [](const nb::bytes& block) {
        const std::string_view lines(block.c_str(), block.size());
        size_t count = 1;
        for (size_t at = lines.find('\n'); at != std::string_view::npos; at = lines.find('\n', at + 1))
          ++count;
        return count;
      },
      nb::arg("block"));
  nb::class_<PlainDocuments>(module, "PlainDocuments")
      .def(nb::init<nb::str, size_t, size_t, size_t>(), nb::arg("id"), nb::arg("max_id_bytes"),
           nb::arg("max_keyword_bytes"), nb::arg("max_document_bytes"))
      .def("add_field", &PlainDocuments::add_field, nb::arg("name"), nb::arg("searched"), nb::arg("stored"),
           nb::arg("keyword"))
      .def("encode", &PlainDocuments::encode, nb::arg("document").none());
  module.def("json_of_strings", json_of_strings, nb::arg("values"));
  module.def("utf8_length", [](const nb::str& text) { return utf8_of(text).size(); }, nb::arg("text"));
}

}  // namespace searchlib
