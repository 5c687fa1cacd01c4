// Python's side of stored documents: one of strings alone, as JSON in UTF-8, and those of a page as they are stored.
// The builder, which reads the same strings, is given their UTF-8, so that they are encoded once.

#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_documents.hpp"
#include "bind_released.hpp"
#include "bind_strings.hpp"
#include "postings/document_blocks.hpp"
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

  // (id or None, for each searched field a text, its UTF-8 or None, the stored line, bytes), or None. A keyword's text
  // is a str.
  nb::object encode(nb::handle document) {
    if (!PyDict_CheckExact(document.ptr())) return nb::none();
    const nb::dict values = nb::borrow<nb::dict>(document);
    if (num_chars(values) > max_document_bytes_) return nb::none();  // before anything is made of it
    if (line_.capacity() > kSpareLine) line_ = {};
    if (utf8_.capacity() > kSpareLine) utf8_ = {};
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
      if (!field.searched) return nb::none();
      const bool wide = !field.keyword && is_wide(value);
      const std::string_view text = wide ? wide_text_or_null(value) : text_or_null(value);
      if (text.data() == nullptr || (field.keyword && text.size() > max_keyword_bytes_)) return nb::none();
      if (wide) {
        texts.append(nb::bytes(text.data(), text.size()));
      } else {
        texts.append(value);
      }
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

  static bool is_wide(nb::handle value) {
    return PyUnicode_CheckExact(value.ptr()) && PyUnicode_KIND(value.ptr()) == PyUnicode_2BYTE_KIND;
  }

  // The same of one that is wide; the bytes last until the next.
  std::string_view wide_text_or_null(nb::handle value) {
    const std::span text(PyUnicode_2BYTE_DATA(value.ptr()),
                         static_cast<size_t>(PyUnicode_GET_LENGTH(value.ptr())));
    return utf8_of_wide(text, utf8_) ? std::string_view(utf8_) : std::string_view();
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
  std::string line_, utf8_;  // of the document at hand
};

nb::bytes to_bytes(std::string_view bytes) { return nb::bytes(bytes.data(), bytes.size()); }

uint32_t checked_number(const DocumentBlocks& blocks, uint64_t doc) {
  if (doc >= blocks.num_docs())
    throw nb::index_error(
        ("document " + std::to_string(doc) + " of " + std::to_string(blocks.num_docs()) + " documents")
            .c_str());
  return static_cast<uint32_t>(doc);
}

// Of one segment, ascending: from the first-th of all that are wanted on.
struct WantedDocs {
  nb::object owner;  // another thread may change the list that the blocks come from
  const DocumentBlocks* blocks;
  size_t first;
  std::vector<uint32_t> docs;
};

// The documents of a snapshot: first_docs are the numbers that its segments begin with, from 0 on. Those of a block
// are unpacked together.
DocumentLines read_documents(const std::vector<uint32_t>& first_docs, const nb::sequence& blocks,
                             const std::vector<uint32_t>& docs) {
  if (first_docs.empty() || first_docs.size() != nb::len(blocks))
    throw nb::value_error("expected the first document of each segment");
  std::vector<uint32_t> order(docs.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return docs[a] < docs[b]; });
  std::vector<WantedDocs> wanted;
  size_t num_bytes = 0;
  for (size_t at = 0; at < order.size();) {
    const auto behind = std::upper_bound(first_docs.begin(), first_docs.end(), docs[order[at]]);
    if (behind == first_docs.begin()) throw nb::value_error("the first segment begins with document 0");
    const auto segment = static_cast<size_t>(behind - first_docs.begin() - 1);
    WantedDocs& here = wanted.emplace_back(WantedDocs{nb::borrow(blocks[segment]), nullptr, at, {}});
    here.blocks = &checked_cast<const DocumentBlocks&>(here.owner);
    for (; at < order.size() && (behind == first_docs.end() || docs[order[at]] < *behind); ++at)
      here.docs.push_back(checked_number(*here.blocks, docs[order[at]] - first_docs[segment]));
    num_bytes += here.blocks->num_bytes(here.docs);
  }
  DocumentLines lines;
  lines.lines.resize(docs.size());
  const Released released(num_bytes);
  for (const WantedDocs& here : wanted) {
    DocumentBlocks::Reader reader(*here.blocks);
    for (size_t i = 0; i < here.docs.size(); ++i)
      lines.lines[order[here.first + i]] = reader.line(here.docs[i]);
  }
  return lines;
}

nb::bytes line_of(const DocumentLines& lines, size_t number) {
  if (number >= lines.lines.size()) throw nb::index_error("there is no document of that number");
  return to_bytes(lines.lines[number]);
}

// What a frame is unpacked to, as a block is.
nb::bytes unpack_frame(const nb::bytes& frame, size_t length, const nb::bytes& dictionary, uint32_t line) {
  const auto bytes_of = [](const nb::bytes& bytes) {
    return std::span(reinterpret_cast<const uint8_t*>(bytes.c_str()), bytes.size());
  };
  try {
    std::optional<unpacking::Dictionary> known;
    if (dictionary.size() > 0) known.emplace(bytes_of(dictionary));
    unpacking::Unpacker unpacker;
    return to_bytes(unpacker.unpack(bytes_of(frame), known ? &*known : nullptr, length, line));
  } catch (const unpacking::FrameError& error) {
    throw nb::value_error(error.what());
  }
}

}  // namespace

void bind_documents(nb::module_& module) {
  using Range = std::pair<uint64_t, uint64_t>;
  using Run = std::tuple<uint32_t, uint64_t, uint64_t, uint32_t>;
  nb::class_<DocumentLines>(module, "DocumentLines")
      .def(
          "__init__",
          [](DocumentLines* self, const nb::sequence& lines) {
            DocumentLines made;
            for (nb::handle item : lines) {
              const auto line = nb::cast<nb::bytes>(item);
              made.lines.emplace_back(line.c_str(), line.size());
            }
            new (self) DocumentLines(std::move(made));
          },
          nb::arg("lines"))
      .def("__len__", [](const DocumentLines& lines) { return lines.lines.size(); })
      .def_prop_ro("num_bytes", num_bytes_of)
      .def("line", line_of, nb::arg("number"));
  nb::class_<DocumentBlocks>(module, "DocumentBlocks")
      .def(
          "__init__",
          [](DocumentBlocks* self, std::shared_ptr<CheckedBuffer> buffer, Range documents, Range index,
             const std::vector<Run>& runs, uint32_t of_several, uint32_t of_one) {
            std::vector<DocumentBlocks::Run> all;
            for (const auto& [first, offset, length, raw_length] : runs)
              all.push_back({first, {offset, length}, raw_length});
            new (self) DocumentBlocks(std::move(buffer), {documents.first, documents.second},
                                      {index.first, index.second}, {of_several, of_one}, std::move(all));
          },
          nb::arg("buffer"), nb::arg("documents"), nb::arg("index"), nb::arg("runs"), nb::arg("of_several"),
          nb::arg("of_one"))
      .def(
          "line",
          [](const DocumentBlocks& blocks, uint64_t doc) {
            const uint32_t number = checked_number(blocks, doc);
            DocumentBlocks::Reader reader(blocks);
            std::string_view line;
            {
              const Released released(blocks.num_bytes(std::span(&number, 1)));
              line = reader.line(number);
            }
            return to_bytes(line);
          },
          nb::arg("doc"))
      .def(
          "block",
          [](const DocumentBlocks& blocks, uint64_t block) {
            if (block >= blocks.num_blocks()) throw nb::index_error("there is no block of that number");
            std::string lines;
            {
              const Released released(blocks.raw_length(block));
              lines = blocks.block(block);
            }
            return to_bytes(lines);
          },
          nb::arg("block"))
      .def(
          "dictionary",
          [](const DocumentBlocks& blocks, size_t run) {
            if (run >= blocks.num_runs()) throw nb::index_error("there is no run of that number");
            return to_bytes(blocks.dictionary(run));
          },
          nb::arg("run"));
  module.def("read_documents", read_documents, nb::arg("first_docs"), nb::arg("blocks"), nb::arg("docs"));
  module.def("unpack_frame", unpack_frame, nb::arg("frame"), nb::arg("length"),
             nb::arg("dictionary") = nb::bytes("", 0), nb::arg("line") = UINT32_MAX);
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
