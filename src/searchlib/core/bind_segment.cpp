// Python's side of postings/: segments and their deletes.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "bind.hpp"
#include "bind_analyzers.hpp"
#include "bind_checks.hpp"
#include "bind_columns.hpp"
#include "bind_strings.hpp"
#include "bind_values.hpp"
#include "build/deleter.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

void construct_deleter(Deleter* self, const Segment& segment, nb::sequence items) {
  std::vector<std::shared_ptr<const Analyzer>> analyzers;
  std::vector<bool> folds;
  for (nb::handle item : items) {
    analyzers.push_back(analyzer_of(item));
    folds.push_back(folds_keywords(item));
  }
  if (analyzers.size() != segment.num_fields()) throw nb::value_error("one analyzer a field is expected");
  new (self) Deleter(segment, std::move(analyzers), std::move(folds));
}

void construct_segment(Segment* self, std::shared_ptr<CheckedBuffer> buffer, nb::dict parts,
                       std::vector<std::string> fields, uint32_t num_docs, nb::sequence columns) {
  PartMap map;
  for (auto [name, range] : parts) {
    const nb::tuple pair = tuple_of(range, 2);
    map[nb::cast<std::string>(name)] = {nb::cast<uint64_t>(pair[0]), nb::cast<uint64_t>(pair[1])};
  }
  new (self) Segment(std::move(buffer), std::move(map), std::move(fields), num_docs, column_fields(columns));
}

}  // namespace

void bind_segment(nb::module_& module) {
  nb::class_<Segment>(module, "Segment")
      .def("__init__", construct_segment, nb::arg("buffer"), nb::arg("parts"), nb::arg("fields"),
           nb::arg("num_docs"), nb::arg("columns") = nb::tuple())
      .def_prop_ro("num_docs", &Segment::num_docs)
      .def("id_of",
           [](const Segment& segment, uint32_t doc) {
             return text_of(segment.ids().key(checked_doc(doc, segment.num_docs())));
           })
      .def("find_id", [](const Segment& segment, nb::str id) { return segment.ids().find(utf8_of(id)); })
      .def(
          "find_ids",
          [](const Segment& segment, nb::list ids) {
            nb::list found;
            for (nb::handle id : ids) found.append(segment.ids().find(utf8_of(id)));
            return found;
          },
          nb::arg("ids"))
      .def("check", &Segment::check, nb::call_guard<nb::gil_scoped_release>())
      .def("field_stats",
           [](const Segment& segment, size_t field) {
             const FieldParts& parts = segment.field(checked_field(field, segment.num_fields()));
             return nb::make_tuple(parts.stats.docs_with_value, parts.stats.total_length,
                                   parts.words.num_terms(), parts.words.num_forms());
           })
      .def("forms", [](const Segment& segment, size_t field) {
        nb::list forms;
        const FieldParts& parts = segment.field(checked_field(field, segment.num_fields()));
        for (WordWalker walker(parts.words); walker.next();) {
          if (!is_form(walker.word().kind)) continue;
          forms.append(nb::make_tuple(text_of(walker.key()), walker.word().form.df));
        }
        return forms;
      });

  nb::class_<Deletes>(module, "Deletes")
      .def(nb::init<const Segment&>(), nb::arg("segment"))
      .def(
          "__init__",
          [](Deletes* self, const Segment& segment, nb::bytes encoded) {
            new (self) Deletes(segment, {static_cast<const uint8_t*>(encoded.data()), encoded.size()});
          },
          nb::arg("segment"), nb::arg("encoded"))
      .def("__contains__",
           [](const Deletes& deletes, uint32_t doc) {
             return deletes.contains(checked_doc(doc, deletes.num_docs()));
           })
      .def("__len__", &Deletes::size)
      .def("docs", [](const Deletes& deletes) { return deletes.docs(); })
      .def("encode", [](const Deletes& deletes) {
        const Bytes bytes = deletes.encode();
        return nb::bytes(bytes.data(), bytes.size());
      });

  nb::class_<Deleter>(module, "Deleter")
      .def("__init__", construct_deleter, nb::arg("segment"), nb::arg("analyzers"), nb::keep_alive<1, 2>())
      .def(
          "remove",
          [](const Deleter& deleter, Deletes& deletes, uint32_t doc, nb::handle values) {
            if (!deletes.fits(deleter.segment()))
              throw nb::value_error("the deletes are those of another segment");
            checked_doc(doc, deletes.num_docs());
            return deleter.remove(deletes, doc, values_of(values, deleter.segment().num_fields()));
          },
          nb::arg("deletes"), nb::arg("doc"), nb::arg("values"));
}

}  // namespace searchlib
