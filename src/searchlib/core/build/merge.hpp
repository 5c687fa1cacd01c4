// Joins adjacent segments into one, without their deleted documents. Documents keep their order. The result has
// the same bytes as a segment built from the same live documents at once.

#pragma once

#include "build/part_sink.hpp"
#include "postings/deletes.hpp"

namespace searchlib {

struct MergeField {
  std::string name;
  double k1;
  double b;
  bool positional;
  bool keeps_lengths;
  bool keeps_vectors;
};

struct MergeSource {
  const Segment* segment;
  const Deletes* deletes;  // may be null
};

// fields: in the order of the segments' fields. helpers: threads beside the caller's, which alone
// calls the sink; the bytes do not depend on them. Writes each field's parts and "keys". At least one
// live document is expected.
void merge_segments(const std::vector<MergeSource>& sources, const std::vector<MergeField>& fields,
                    size_t helpers, PartSink& sink);

}  // namespace searchlib
