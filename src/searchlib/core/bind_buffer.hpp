// A Python buffer that the core reads: its bytes, and what keeps them in place. The one holder of buffers; the
// core itself knows only the owner, as something that must live.

#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <memory>
#include <span>

namespace searchlib {

// Any contiguous buffer. While the owner lives, a read-only memoryview, the exporter leaves its memory where it
// is; the last holder may drop it in a thread without the interpreter's lock.
class HeldBuffer {
 public:
  explicit HeldBuffer(nanobind::handle buffer) {
    nanobind::object view = nanobind::steal(PyMemoryView_FromObject(buffer.ptr()));
    if (!view.is_valid()) throw nanobind::python_error();
    if (!PyBuffer_IsContiguous(PyMemoryView_GET_BUFFER(view.ptr()), 'C')) {
      throw nanobind::value_error("a buffer must be contiguous here");
    }
    view = view.attr("toreadonly")();
    const Py_buffer* exported = PyMemoryView_GET_BUFFER(view.ptr());
    bytes_ = {static_cast<const uint8_t*>(exported->buf), static_cast<size_t>(exported->len)};
    item_bytes_ = static_cast<size_t>(exported->itemsize);
    owner_ = {view.release().ptr(), [](const void* object) {
                if (!Py_IsInitialized()) return;
                nanobind::gil_scoped_acquire held;
                Py_DECREF(static_cast<PyObject*>(const_cast<void*>(object)));
              }};
  }

  std::span<const uint8_t> bytes() const { return bytes_; }
  size_t item_bytes() const { return item_bytes_; }
  const std::shared_ptr<const void>& owner() const { return owner_; }

  // The memoryview that an owner is.
  static nanobind::handle view_of(const std::shared_ptr<const void>& owner) {
    return static_cast<PyObject*>(const_cast<void*>(owner.get()));
  }

 private:
  std::span<const uint8_t> bytes_;
  size_t item_bytes_;
  std::shared_ptr<const void> owner_;
};

}  // namespace searchlib
