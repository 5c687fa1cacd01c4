// Postings for other systems: a field's terms walked in order through a whole snapshot, and a segment written
// from such terms.

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "build/foreign_terms.hpp"
#include "postings/joint_walk.hpp"
#include "postings/term_cursor.hpp"
#include "python_sink.hpp"
#include "search/snapshot.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

// Walks the terms of one field, all segments together, in the order of their bytes. Deleted documents are
// left out, and terms that only they hold. Document numbers are those of the snapshot.
class TermWalk {
 public:
  TermWalk(const Snapshot& snapshot, size_t field)
      : snapshot_(snapshot),
        field_(field),
        words_(snapshot.dictionaries(checked_field(field, snapshot.num_fields()))) {}

  // (term, documents, term frequencies)
  nb::tuple next() {
    docs_.clear();
    frequencies_.clear();
    while (words_.next([&](size_t source, const WordEntry& word) {
      if (is_term(word.kind)) take(snapshot_.segments()[source], word.term);
    })) {
      const std::string& term = words_.key();
      if (!docs_.empty()) return nb::make_tuple(nb::str(term.data(), term.size()), docs_, frequencies_);
    }
    throw nb::stop_iteration();
  }

 private:
  void take(const SnapshotSegment& part, const TermInfo& term) {
    TermCursor cursor(part.segment->field(field_), term);
    while (cursor.next() != kNoMoreDocs) {
      if (part.deletes && part.deletes->contains(cursor.doc())) continue;
      docs_.push_back(part.first_doc + cursor.doc());
      frequencies_.push_back(cursor.tf());
    }
  }

  const Snapshot& snapshot_;
  size_t field_;
  JointWalk words_;
  std::vector<uint32_t> docs_;
  std::vector<uint32_t> frequencies_;
};

std::vector<uint32_t> lengths_of(const Snapshot& snapshot, size_t field) {
  if (field >= snapshot.num_fields()) throw nb::index_error("the snapshot has no such field");
  std::vector<uint32_t> lengths;
  for (const SnapshotSegment& part : snapshot.segments()) {
    const FieldParts& parts = part.segment->field(field);
    for (uint32_t doc = 0; doc < part.segment->num_docs(); ++doc) {
      const bool live = parts.norms != nullptr && !(part.deletes && part.deletes->contains(doc));
      lengths.push_back(!live                   ? 0
                        : parts.knows_lengths() ? parts.length_of(doc)
                                                : decode_length(parts.norms[doc]));
    }
  }
  return lengths;
}

void write_foreign_terms(nb::handle sink, const std::string& field, double k1, double b,
                         std::vector<std::string> ids, std::vector<uint32_t> lengths, uint64_t total_length,
                         nb::iterable terms) {
  if (ids.size() != lengths.size()) throw nb::value_error("one length a document is expected");
  PythonSink target(sink);
  ForeignTermsWriter writer(target, field, k1, b, std::move(ids), std::move(lengths), total_length);
  for (nb::handle item : terms) {
    const nb::tuple entry = nb::cast<nb::tuple>(item);
    writer.add(nb::cast<std::string>(entry[0]), nb::cast<std::vector<uint32_t>>(entry[1]),
               nb::cast<std::vector<uint32_t>>(entry[2]));
  }
  writer.finish();
}

}  // namespace

void bind_export(nb::module_& module) {
  nb::class_<TermWalk>(module, "TermWalk")
      .def(nb::init<const Snapshot&, size_t>(), nb::arg("snapshot"), nb::arg("field"), nb::keep_alive<1, 2>())
      .def("__iter__", [](nb::object self) { return self; })
      .def("__next__", &TermWalk::next);
  module.def("lengths_of", lengths_of, nb::arg("snapshot"), nb::arg("field"));
  module.def("write_foreign_terms", write_foreign_terms, nb::arg("sink"), nb::arg("field"), nb::arg("k1"),
             nb::arg("b"), nb::arg("ids"), nb::arg("lengths"), nb::arg("total_length"), nb::arg("terms"));
}

}  // namespace searchlib
