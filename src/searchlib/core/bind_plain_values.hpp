// Values of a document that need no look from Python: a number, a moment or a boolean of a plain type, as JSON has it
// where it is stored, and as its column has it. kinds/ says what values are; what is not certain is left to it.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bind.hpp"

namespace searchlib {

enum class ValueKind : uint8_t { kText, kKeyword, kNumber, kInteger, kDate, kBoolean, kOther };

// Of a field, by the name that schemas have for it. Loads Python's datetime for dates.
ValueKind value_kind(std::string_view name);

// Replaces `json`; what the column holds, or an invalid object: Python has to look at the value. Not of texts and
// keywords.
nanobind::object plain_value(ValueKind kind, nanobind::handle value, std::string& json);

}  // namespace searchlib
