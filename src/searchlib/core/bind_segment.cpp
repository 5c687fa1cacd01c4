// Python's side of postings/: segments, their deletes, and the builder that writes them.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_strings.hpp"
#include "build/deleter.hpp"
#include "build/merge.hpp"
#include "build/segment_builder.hpp"
#include "python_sink.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

using FieldValues = std::vector<std::string_view>;

// None, a str, or a list of str, for each field.
std::vector<FieldValues> values_of(nb::handle per_field, size_t num_fields) {
  std::vector<FieldValues> values;
  for (nb::handle item : owner_of_items(per_field)) {
    FieldValues& field = values.emplace_back();
    if (item.is_none()) continue;
    if (nb::isinstance<nb::str>(item)) {
      field.push_back(utf8_of(item));
    } else {
      for (nb::handle value : owner_of_items(item)) field.push_back(utf8_of(value));
    }
  }
  if (values.size() != num_fields) throw nb::value_error("one entry a field is expected");
  return values;
}

std::vector<std::shared_ptr<const Analyzer>> analyzers_of(nb::sequence items, size_t num_fields) {
  std::vector<std::shared_ptr<const Analyzer>> analyzers;
  for (nb::handle item : items) {
    analyzers.push_back(item.is_none() ? nullptr : nb::cast<std::shared_ptr<Analyzer>>(item));
  }
  if (analyzers.size() != num_fields) throw nb::value_error("one analyzer a field is expected");
  return analyzers;
}

void construct_builder(SegmentBuilder* self, nb::sequence fields) {
  std::vector<FieldConfig> configs;
  for (nb::handle item : fields) {
    const nb::tuple field = tuple_of(item, 5);
    FieldConfig config;
    config.name = nb::cast<std::string>(field[0]);
    if (!field[1].is_none()) config.analyzer = nb::cast<std::shared_ptr<Analyzer>>(field[1]);
    config.k1 = checked_factor(nb::cast<double>(field[2]));
    config.b = checked_factor(nb::cast<double>(field[3]));
    config.keeps_lengths = nb::cast<bool>(field[4]);
    configs.push_back(std::move(config));
  }
  new (self) SegmentBuilder(std::move(configs));
}

void add_documents(SegmentBuilder& builder, nb::list ids, nb::list documents) {
  std::vector<std::string_view> keys;
  std::vector<std::vector<FieldValues>> values;
  for (nb::handle id : ids) keys.push_back(utf8_of(id));
  for (nb::handle document : documents) {
    values.push_back(values_of(document, builder.num_fields()));
  }
  if (keys.size() != values.size()) throw nb::value_error("one id a document is expected");
  nb::gil_scoped_release released;  // the lists keep the strings alive
  for (size_t i = 0; i < keys.size(); ++i) builder.add_document(keys[i], values[i]);
}

void construct_segment(Segment* self, std::shared_ptr<CheckedBuffer> buffer, nb::dict parts,
                       std::vector<std::string> fields, uint32_t num_docs) {
  PartMap map;
  for (auto [name, range] : parts) {
    const nb::tuple pair = tuple_of(range, 2);
    map[nb::cast<std::string>(name)] = {nb::cast<uint64_t>(pair[0]), nb::cast<uint64_t>(pair[1])};
  }
  new (self) Segment(std::move(buffer), std::move(map), std::move(fields), num_docs);
}

void merge(nb::sequence segments, nb::sequence fields, nb::handle sink) {
  std::vector<MergeSource> sources;
  for (nb::handle item : segments) {
    const nb::tuple pair = tuple_of(item, 2);
    sources.push_back({checked_cast<const Segment*>(pair[0]),
                       pair[1].is_none() ? nullptr : nb::cast<const Deletes*>(pair[1])});
  }
  std::vector<MergeField> configs;
  for (nb::handle item : fields) {
    const nb::tuple field = tuple_of(item, 5);
    configs.push_back({nb::cast<std::string>(field[0]), checked_factor(nb::cast<double>(field[2])),
                       checked_factor(nb::cast<double>(field[3])), !field[1].is_none(),
                       nb::cast<bool>(field[4])});
  }
  for (const MergeSource& source : sources) {
    if (source.segment->num_fields() != configs.size())
      throw nb::value_error("the segments have another number of fields");
    if (source.deletes != nullptr && !source.deletes->fits(*source.segment))
      throw nb::value_error("the deletes are those of another segment");
  }
  PythonSink target(sink);
  nb::gil_scoped_release released;  // the sequences keep the segments alive
  merge_segments(sources, configs, target);
}

void bind_builder(nb::module_& module) {
  nb::class_<SegmentBuilder>(module, "SegmentBuilder")
      .def("__init__", construct_builder, nb::arg("fields"))
      .def("add", add_documents, nb::arg("ids"), nb::arg("documents"))
      .def_prop_ro("num_docs", &SegmentBuilder::num_docs)
      .def_prop_ro("num_tokens", &SegmentBuilder::num_tokens)
      .def_prop_ro("memory_bytes", &SegmentBuilder::memory_bytes)
      .def("analyse", &SegmentBuilder::analyse, nb::call_guard<nb::gil_scoped_release>())
      .def(
          "declined",
          [](const SegmentBuilder& builder, size_t field) {
            return builder.declined(checked_field(field, builder.num_fields()));
          },
          nb::arg("field"))
      .def(
          "resolve",
          [](SegmentBuilder& builder, size_t field, const std::vector<std::vector<std::string>>& lemmas) {
            builder.resolve(checked_field(field, builder.num_fields()), lemmas);
          },
          nb::arg("field"), nb::arg("lemmas"))
      .def(
          "write",
          [](SegmentBuilder& builder, nb::handle sink) {
            PythonSink target(sink);
            nb::gil_scoped_release released;
            builder.write(target);
          },
          nb::arg("sink"));
}

}  // namespace

void bind_segment(nb::module_& module) {
  bind_builder(module);

  nb::class_<Segment>(module, "Segment")
      .def("__init__", construct_segment, nb::arg("buffer"), nb::arg("parts"), nb::arg("fields"),
           nb::arg("num_docs"))
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

  module.def("merge", merge, nb::arg("segments"), nb::arg("fields"), nb::arg("sink"));

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
      .def(
          "__init__",
          [](Deleter* self, const Segment& segment, nb::sequence analyzers) {
            new (self) Deleter(segment, analyzers_of(analyzers, segment.num_fields()));
          },
          nb::arg("segment"), nb::arg("analyzers"), nb::keep_alive<1, 2>())
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
