// The native core. It calls the registrars, nothing else.

#include "bind.hpp"

NB_MODULE(_core, module) {
  searchlib::bind_errors(module);
  searchlib::bind_russian(module);
  searchlib::bind_english(module);
  searchlib::bind_bytes(module);
  searchlib::bind_segment(module);
  searchlib::bind_search(module);
  searchlib::bind_documents(module);
  searchlib::bind_text(module);
  searchlib::bind_export(module);
  searchlib::bind_rescue(module);
}
