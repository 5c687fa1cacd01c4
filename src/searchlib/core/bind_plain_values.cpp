#include "bind_plain_values.hpp"

#include <datetime.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>

namespace nb = nanobind;

namespace searchlib {
namespace {

constexpr int64_t kMostExact = int64_t{1} << 53;  // up to it a double has every integer

void put_integer(int64_t number, std::string& json) {
  char digits[24];
  json.assign(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// Of a plain int of 64 bits.
bool read_integer(nb::handle value, int64_t& number) {
  if (!PyLong_CheckExact(value.ptr())) return false;
  int overflow = 0;
  number = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
  return overflow == 0;
}

nb::object number_value(nb::handle value, std::string& json) {
  if (PyFloat_CheckExact(value.ptr())) {
    const double number = PyFloat_AS_DOUBLE(value.ptr());
    if (!std::isfinite(number)) return {};
    const std::unique_ptr<char, void (*)(void*)> digits(
        PyOS_double_to_string(number, 'r', 0, Py_DTSF_ADD_DOT_0, nullptr), PyMem_Free);
    if (digits == nullptr) throw nb::python_error();
    json.assign(digits.get());
    return nb::borrow(value);
  }
  int64_t number = 0;
  if (!read_integer(value, number) || number > kMostExact || number < -kMostExact) return {};
  put_integer(number, json);
  return nb::borrow(value);
}

nb::object integer_value(nb::handle value, std::string& json) {
  int64_t number = 0;
  if (!read_integer(value, number)) return {};
  put_integer(number, json);
  return nb::borrow(value);
}

nb::object boolean_value(nb::handle value, std::string& json) {
  if (!PyBool_Check(value.ptr())) return {};
  json = value.ptr() == Py_True ? "true" : "false";
  return nb::borrow(value);
}

int64_t days_of(PyObject* day) {
  using namespace std::chrono;
  const auto month_day = month(static_cast<unsigned>(PyDateTime_GET_MONTH(day))) / PyDateTime_GET_DAY(day);
  return sys_days(month_day / PyDateTime_GET_YEAR(day)).time_since_epoch().count();
}

// Days, and moments in UTC or without a zone, which are in UTC.
nb::object date_value(nb::handle value, std::string& json) {
  PyObject* const moment = value.ptr();
  const bool is_day = PyDate_CheckExact(moment);
  if (!is_day && !PyDateTime_CheckExact(moment)) return {};
  char text[64];
  int size = std::snprintf(text, sizeof text, "\"%04d-%02d-%02d", PyDateTime_GET_YEAR(moment),
                           PyDateTime_GET_MONTH(moment), PyDateTime_GET_DAY(moment));
  json.assign(text, static_cast<size_t>(size));
  int64_t seconds = days_of(moment) * 86'400;
  int64_t microseconds = 0;
  if (!is_day) {
    PyObject* const zone = PyDateTime_DATE_GET_TZINFO(moment);
    if (zone != Py_None && zone != PyDateTime_TimeZone_UTC) return {};
    const int hour = PyDateTime_DATE_GET_HOUR(moment), minute = PyDateTime_DATE_GET_MINUTE(moment),
              second = PyDateTime_DATE_GET_SECOND(moment);
    size = std::snprintf(text, sizeof text, "T%02d:%02d:%02d", hour, minute, second);
    json.append(text, static_cast<size_t>(size));
    seconds += hour * 3600 + minute * 60 + second;
    microseconds = PyDateTime_DATE_GET_MICROSECOND(moment);
    if (microseconds != 0) {
      size = std::snprintf(text, sizeof text, ".%06d", static_cast<int>(microseconds));
      json.append(text, static_cast<size_t>(size));
    }
    json += "+00:00";
  }
  json += '"';
  return nb::int_(seconds * 1'000'000 + microseconds);
}

}  // namespace

ValueKind value_kind(std::string_view name) {
  if (name == "text") return ValueKind::kText;
  if (name == "keyword") return ValueKind::kKeyword;
  if (name == "number") return ValueKind::kNumber;
  if (name == "integer") return ValueKind::kInteger;
  if (name == "boolean") return ValueKind::kBoolean;
  if (name != "date") return ValueKind::kOther;
  if (PyDateTimeAPI == nullptr) {
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == nullptr) throw nb::python_error();
  }
  return ValueKind::kDate;
}

nb::object plain_value(ValueKind kind, nb::handle value, std::string& json) {
  switch (kind) {
    case ValueKind::kNumber:
      return number_value(value, json);
    case ValueKind::kInteger:
      return integer_value(value, json);
    case ValueKind::kDate:
      return date_value(value, json);
    case ValueKind::kBoolean:
      return boolean_value(value, json);
    default:
      return {};
  }
}

}  // namespace searchlib
