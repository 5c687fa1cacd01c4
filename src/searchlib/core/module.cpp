// The native core. It calls the registrars, nothing else.

#include <cstdint>

#include "bind.hpp"
#include "bind_translations.hpp"

NB_MODULE(_core, module) {
  // Objects alive at exit are no leak here: the command freezes them, since the process ends with
  // them. A process that ends by Ctrl-C or an error leaves objects in its traceback: nanobind would
  // list them on stderr.
  nanobind::set_leak_warnings(false);
  // Of the stub that it was compiled beside: whoever imports it compares (searchlib/__init__.py).
  module.attr("INTERFACE") = static_cast<uint32_t>(SEARCHLIB_INTERFACE);
  searchlib::bind_errors(module);
  searchlib::bind_russian(module);
  searchlib::bind_english(module);
  searchlib::bind_bytes(module);
  searchlib::bind_columns(module);
  searchlib::bind_segment(module);
  searchlib::bind_build(module);
  searchlib::bind_deadline(module);
  searchlib::bind_search(module);
  searchlib::bind_documents(module);
  searchlib::bind_text(module);
  searchlib::bind_highlight(module);
  searchlib::bind_export(module);
  searchlib::bind_suggest(module);
  searchlib::bind_collect(module);
  searchlib::bind_feedback(module);
  searchlib::bind_translations(module);
}
