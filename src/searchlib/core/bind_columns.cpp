// Python's side of columns/: writing them, and reading one alone.

#include "bind_columns.hpp"

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cmath>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_strings.hpp"
#include "columns/column_writer.hpp"
#include "postings/segment.hpp"
#include "python_sink.hpp"

namespace nb = nanobind;

namespace searchlib {

using columns::Column;
using columns::ColumnField;
using columns::ColumnWriter;
using columns::KeywordColumn;

namespace {

PartMap parts_of(nb::dict parts) {
  PartMap map;
  for (auto [name, range] : parts) {
    const nb::tuple pair = tuple_of(range, 2);
    map[nb::cast<std::string>(name)] = {nb::cast<uint64_t>(pair[0]), nb::cast<uint64_t>(pair[1])};
  }
  return map;
}

double checked_double(nb::handle value) {
  const double number = PyFloat_AsDouble(value.ptr());
  if (number == -1.0 && PyErr_Occurred() != nullptr) nb::raise_python_error();
  if (std::isnan(number)) throw nb::value_error("a column holds no NaN");
  return number;
}

int64_t checked_integer(nb::handle value) {
  const long long number = PyLong_AsLongLong(value.ptr());
  if (number == -1 && PyErr_Occurred() != nullptr) nb::raise_python_error();
  return number;
}

// The columns of one segment while documents are added.
class ColumnsBuilder {
 public:
  explicit ColumnsBuilder(nb::sequence fields) {
    for (const ColumnField& field : column_fields(fields)) {
      fields_.push_back(field);
      writers_.emplace_back(field.name, field.type);
    }
  }

  // One document: for each column a list of its values.
  void add(nb::list document) {
    if (nb::len(document) != writers_.size())
      throw nb::value_error("one list of values a column is expected");
    size_t i = 0;
    for (nb::handle values : document) {
      ColumnWriter& writer = writers_[i++];
      if (!nb::isinstance<nb::list>(values)) throw nb::type_error("a document's values are a list");
      for (nb::handle value : nb::borrow<nb::list>(values)) {
        if (writer.type() == 'k') {
          const std::string_view text = utf8_of(value);
          if (!text.empty()) writer.add(text);  // nothing to be found by is no value, as in the field's terms
        } else if (writer.type() == 'd') {
          writer.add(columns::key_of_double(checked_double(value)));
        } else {
          writer.add(checked_integer(value));
        }
      }
      writer.end_document();
    }
  }

  // The documents of another segment, but for the deleted ones, which ascend.
  void merge(const CheckedBuffer& buffer, nb::dict parts, uint32_t num_docs,
             const std::vector<uint32_t>& deleted) {
    const PartMap map = parts_of(parts);
    nb::gil_scoped_release released;
    const columns::Columns source(buffer, map, fields_, num_docs);
    for (size_t i = 0; i < writers_.size(); ++i) {
      auto next = deleted.begin();
      writers_[i].extend(source.find(i), num_docs, [&](uint32_t doc) {
        while (next != deleted.end() && *next < doc) ++next;
        return next == deleted.end() || *next != doc;
      });
    }
  }

  void write(nb::handle sink) const {
    PythonSink target(sink);
    nb::gil_scoped_release released;
    for (const ColumnWriter& writer : writers_) writer.write(target);
  }

  size_t memory_bytes() const {
    size_t bytes = 0;
    for (const ColumnWriter& writer : writers_) bytes += writer.memory_bytes();
    return bytes;
  }

 private:
  std::vector<ColumnField> fields_;
  std::vector<ColumnWriter> writers_;
};

// One column, and the buffer that it lies in.
class OpenColumn {
 public:
  OpenColumn(std::shared_ptr<CheckedBuffer> buffer, nb::handle part, std::string name, uint32_t num_docs,
             const std::string& type)
      : buffer_(std::move(buffer)) {
    const nb::tuple range = tuple_of(part, 2);
    if (type.size() != 1) throw nb::value_error("a column's type is one letter");
    column_ = columns::open_column(*buffer_, {nb::cast<uint64_t>(range[0]), nb::cast<uint64_t>(range[1])},
                                   std::move(name), num_docs, type[0]);
  }

  const Column& column() const { return *column_; }

  nb::list values(uint32_t doc) const {
    checked_doc(doc, column_->num_docs());
    const auto [first, end] = column_->values_of(doc);
    nb::list found;
    for (uint32_t number = first; number < end; ++number) found.append(python_of(column_->value(number)));
    return found;
  }

  nb::object python_of(int64_t key) const {
    if (column_->type() == 'd') return nb::float_(columns::double_of_key(key));
    if (column_->type() != 'k') return nb::int_(key);
    return text_of(static_cast<const KeywordColumn&>(*column_).string(static_cast<uint32_t>(key)));
  }

  // The least and the greatest value, or None.
  nb::object bounds() const {
    if (column_->num_values() == 0) return nb::none();
    int64_t low = columns::kMostKey;
    int64_t high = columns::kLeastKey;
    for (uint32_t block = 0; block < column_->num_blocks(); ++block) {
      low = std::min(low, column_->block_min(block));
      high = std::max(high, column_->block_max(block));
    }
    return nb::make_tuple(python_of(low), python_of(high));
  }

 private:
  std::shared_ptr<CheckedBuffer> buffer_;
  std::unique_ptr<const Column> column_;
};

}  // namespace

std::vector<ColumnField> column_fields(nb::sequence fields) {
  std::vector<ColumnField> found;
  for (nb::handle item : fields) {
    const nb::tuple pair = tuple_of(item, 2);
    const auto type = nb::cast<std::string>(pair[1]);
    if (type != "d" && type != "q" && type != "B" && type != "k")
      throw nb::value_error("a column of unknown type");
    found.push_back({nb::cast<std::string>(pair[0]), type[0]});
  }
  return found;
}

void bind_columns(nb::module_& module) {
  nb::class_<ColumnsBuilder>(module, "ColumnsBuilder")
      .def(nb::init<nb::sequence>(), nb::arg("fields"))
      .def("add", &ColumnsBuilder::add, nb::arg("document"))
      .def("merge", &ColumnsBuilder::merge, nb::arg("buffer"), nb::arg("parts"), nb::arg("num_docs"),
           nb::arg("deleted"))
      .def("write", &ColumnsBuilder::write, nb::arg("sink"))
      .def_prop_ro("memory_bytes", &ColumnsBuilder::memory_bytes);

  nb::class_<OpenColumn>(module, "Column")
      .def(nb::init<std::shared_ptr<CheckedBuffer>, nb::handle, std::string, uint32_t, std::string>(),
           nb::arg("buffer"), nb::arg("part"), nb::arg("name"), nb::arg("num_docs"), nb::arg("type"))
      .def_prop_ro("num_docs", [](const OpenColumn& open) { return open.column().num_docs(); })
      .def_prop_ro("num_values", [](const OpenColumn& open) { return open.column().num_values(); })
      .def_prop_ro("shape", [](const OpenColumn& open) { return static_cast<int>(open.column().shape()); })
      .def("values", &OpenColumn::values, nb::arg("doc"))
      .def_prop_ro("bounds", &OpenColumn::bounds)
      .def("check", [](const OpenColumn& open) {
        nb::gil_scoped_release released;
        open.column().check();
      });
}

}  // namespace searchlib
