// Translates the core's errors to the Python classes of searchlib.errors, which are looked up when one is thrown.

#include <nanobind/stl/string.h>

#include "bind.hpp"
#include "errors.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

void raise_as(const char* class_name, const nb::object& error_arguments) {
  nb::object type = nb::module_::import_("searchlib.errors").attr(class_name);
  nb::object error = type(*error_arguments);
  PyErr_SetObject(type.ptr(), error.ptr());
}

void translate(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const CorruptIndexError& error) {
    raise_as("CorruptIndexError", nb::make_tuple(error.what(), error.file, error.part));
  } catch (const DocumentError& error) {
    raise_as("DocumentError", nb::make_tuple(error.what()));
  } catch (const QueryTooComplex& error) {
    raise_as("QueryTooComplex", nb::make_tuple(error.what()));
  } catch (const SearchTimeout& error) {
    raise_as("SearchTimeout", nb::make_tuple(error.what()));
  }
}

}  // namespace

void bind_errors(nb::module_&) { nb::register_exception_translator(translate); }

}  // namespace searchlib
