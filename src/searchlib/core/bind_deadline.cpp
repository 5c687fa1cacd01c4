// The time that several calls share, and calls that end when nobody wants their answer any more.

#include "bind_deadline.hpp"

#include <nanobind/stl/optional.h>

#include "bind.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

// `with TimeLimit(seconds):` the calls of this thread into the core share that time, and the interpreter's
// own loops between them end with the next call.
class TimeLimit {
 public:
  explicit TimeLimit(double seconds) : seconds_(seconds) {}
  void enter() { call_.emplace(seconds_); }
  void exit() { call_.reset(); }

 private:
  double seconds_;
  std::optional<TimedCall> call_;
};

// call(), whose calls into the core end with SearchTimeout soon after is_wanted() says False.
nb::object while_wanted(nb::callable is_wanted, nb::callable call) {
  const Wanted::Scope scope(is_wanted);
  return call();
}

}  // namespace

void bind_deadline(nb::module_& module) {
  module.def("seconds_left", []() -> std::optional<double> {
    const double left = Deadline::current().seconds_left();
    return std::isinf(left) ? std::nullopt : std::optional(left);
  });
  nb::class_<TimeLimit>(module, "TimeLimit")
      .def(nb::init<double>(), nb::arg("seconds"))
      .def("__enter__",
           [](nb::handle self) {
             nb::cast<TimeLimit&>(self).enter();
             return nb::borrow(self);
           })
      .def(
          "__exit__", [](TimeLimit& self, nb::handle, nb::handle, nb::handle) { self.exit(); },
          nb::arg("kind").none(), nb::arg("error").none(), nb::arg("trace").none());
  module.def("while_wanted", while_wanted, nb::arg("is_wanted"), nb::arg("call"));
}

}  // namespace searchlib
