// What a field's parts say of its documents' lengths, from the documents in memory.

#pragma once

#include "build/field_buffer.hpp"
#include "postings/segment.hpp"

namespace searchlib {

FieldStats stats_of(const FieldConfig& config, const FieldBuffer& buffer);
Bytes norms_of(const FieldBuffer& buffer);
std::vector<uint32_t> lengths_of(const FieldConfig& config, const FieldBuffer& buffer);  // empty: left out

}  // namespace searchlib
