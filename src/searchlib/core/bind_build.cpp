// Python's side of build/: the builder that makes segments of documents, and merging.

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "bind.hpp"
#include "bind_analyzers.hpp"
#include "bind_checks.hpp"
#include "bind_values.hpp"
#include "build/merge.hpp"
#include "build/segment_builder.hpp"
#include "python_sink.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

constexpr size_t kMaxThreads = 256;

size_t checked_threads(size_t threads) {
  if (threads < 1 || threads > kMaxThreads) throw nb::value_error("expected 1 to 256 threads");
  return threads;
}

void construct_builder(SegmentBuilder* self, nb::sequence fields, size_t threads, size_t max_lexicon_bytes) {
  std::vector<FieldConfig> configs;
  for (nb::handle item : fields) {
    const nb::tuple field = tuple_of(item, 6);
    FieldConfig config;
    config.name = nb::cast<std::string>(field[0]);
    config.analyzer = analyzer_of(field[1]);
    config.folds = folds_keywords(field[1]);
    config.k1 = checked_factor(nb::cast<double>(field[2]));
    config.b = checked_factor(nb::cast<double>(field[3]));
    config.keeps_lengths = nb::cast<bool>(field[4]);
    config.keeps_vectors = nb::cast<bool>(field[5]) && config.positional();
    configs.push_back(std::move(config));
  }
  new (self) SegmentBuilder(std::move(configs), checked_threads(threads), max_lexicon_bytes);
}

std::vector<SegmentBuilder::Document> documents_of(nb::list ids, nb::list documents, size_t num_fields) {
  if (nb::len(ids) != nb::len(documents)) throw nb::value_error("one id a document is expected");
  std::vector<SegmentBuilder::Document> taken;
  taken.reserve(nb::len(ids));
  for (size_t i = 0; i < nb::len(ids); ++i) {
    taken.push_back({utf8_of(ids[i]), values_of(documents[i], num_fields)});
  }
  return taken;
}

size_t add_documents(SegmentBuilder& builder, uint64_t batch, nb::list ids, nb::list documents) {
  std::vector<SegmentBuilder::Document> taken;
  try {
    taken = documents_of(ids, documents, builder.num_fields());
  } catch (...) {
    builder.fail(batch);  // or later ones would wait for it
    throw;
  }
  nb::gil_scoped_release released;  // the lists keep the strings alive
  return builder.add(batch, taken);
}

void merge(nb::sequence segments, nb::sequence fields, nb::handle sink, size_t threads) {
  std::vector<MergeSource> sources;
  for (nb::handle item : segments) {
    const nb::tuple pair = tuple_of(item, 2);
    sources.push_back({checked_cast<const Segment*>(pair[0]),
                       pair[1].is_none() ? nullptr : nb::cast<const Deletes*>(pair[1])});
  }
  std::vector<MergeField> configs;
  for (nb::handle item : fields) {
    const nb::tuple field = tuple_of(item, 6);
    configs.push_back({nb::cast<std::string>(field[0]), checked_factor(nb::cast<double>(field[2])),
                       checked_factor(nb::cast<double>(field[3])),
                       !field[1].is_none() && !folds_keywords(field[1]), nb::cast<bool>(field[4]),
                       nb::cast<bool>(field[5])});
  }
  for (const MergeSource& source : sources) {
    if (source.segment->num_fields() != configs.size())
      throw nb::value_error("the segments have another number of fields");
    if (source.deletes != nullptr && !source.deletes->fits(*source.segment))
      throw nb::value_error("the deletes are those of another segment");
  }
  checked_threads(threads);
  PythonSink target(sink);
  nb::gil_scoped_release released;  // the sequences keep the segments alive
  merge_segments(sources, configs, threads, target);
}

}  // namespace

void bind_build(nb::module_& module) {
  nb::class_<SegmentBuilder>(module, "SegmentBuilder")
      .def("__init__", construct_builder, nb::arg("fields"), nb::arg("threads") = 1,
           nb::arg("max_lexicon_bytes") = 128 << 20)
      .def("add", add_documents, nb::arg("batch"), nb::arg("ids"), nb::arg("documents"))
      .def_prop_ro("num_docs", &SegmentBuilder::num_docs)
      .def_prop_ro("num_tokens", &SegmentBuilder::num_tokens)
      .def_prop_ro("memory_bytes", &SegmentBuilder::memory_bytes)
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

  module.def("merge", merge, nb::arg("segments"), nb::arg("fields"), nb::arg("sink"), nb::arg("threads") = 1);
}

}  // namespace searchlib
