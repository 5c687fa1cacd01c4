#include "build/merge.hpp"

#include "build/merge_field.hpp"

namespace searchlib {

void merge_segments(const std::vector<MergeSource>& sources, const std::vector<MergeField>& fields,
                    size_t helpers, PartSink& sink) {
  DocMap docs;
  std::vector<std::string> key_bytes(sources.size());
  std::vector<std::string_view> keys;
  for (size_t i = 0; i < sources.size(); ++i) {
    const MergeSource& source = sources[i];
    const std::vector<std::string_view> all = source.segment->ids().all(key_bytes[i]);
    std::vector<uint32_t>& map = docs.of_source.emplace_back(source.segment->num_docs(), kDropped);
    for (uint32_t doc = 0; doc < source.segment->num_docs(); ++doc) {
      if (source.deletes != nullptr && source.deletes->contains(doc)) continue;
      map[doc] = docs.num_docs++;
      keys.push_back(all[doc]);
    }
  }
  for (size_t i = 0; i < fields.size(); ++i) FieldMerge(sources, i, fields[i], docs).write(helpers, sink);
  sink.whole("keys", encode_ids(keys));
}

}  // namespace searchlib
