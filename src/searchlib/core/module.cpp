// The native core. It calls the registrars, nothing else.

#include "bind.hpp"

NB_MODULE(_core, module) {
  searchlib::bind_errors(module);
  searchlib::bind_text(module);
  searchlib::bind_russian(module);
}
