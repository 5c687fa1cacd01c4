// Python's side of bytes/: checksums of any buffer, and verified views of one.

#include <nanobind/stl/string.h>

#include <cstring>

#include "bind.hpp"
#include "bytes/checked_buffer.hpp"
#include "bytes/crc32c.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

// A memoryview of any contiguous buffer: while it lives, the exporter keeps its memory in place.
nb::object view_of(nb::handle buffer) {
  nb::object view = nb::steal(PyMemoryView_FromObject(buffer.ptr()));
  if (!view.is_valid()) throw nb::python_error();
  if (!PyBuffer_IsContiguous(PyMemoryView_GET_BUFFER(view.ptr()), 'C')) {
    throw nb::value_error("a buffer must be contiguous here");
  }
  return view;
}

std::span<const uint8_t> bytes_of(nb::handle view) {
  const Py_buffer* buffer = PyMemoryView_GET_BUFFER(view.ptr());
  return {static_cast<const uint8_t*>(buffer->buf), static_cast<size_t>(buffer->len)};
}

template <class Function>
uint32_t checksum(Function function, nb::handle data, uint32_t seed) {
  const nb::object view = view_of(data);
  const std::span<const uint8_t> bytes = bytes_of(view);
  nb::gil_scoped_release released;
  return function(bytes, seed);
}

std::vector<uint32_t> decode_checksums(nb::bytes table) {
  if (table.size() % 4 != 0) throw nb::value_error("checksums are 4 bytes each");
  std::vector<uint32_t> checksums(table.size() / 4);
  const auto* p = static_cast<const uint8_t*>(table.data());
  for (uint32_t& value : checksums) {
    value = uint32_t{p[0]} | uint32_t{p[1]} << 8 | uint32_t{p[2]} << 16 | uint32_t{p[3]} << 24;
    p += 4;
  }
  return checksums;
}

// The memoryview that a buffer's owner is; the last holder may drop it in a thread without the GIL.
std::shared_ptr<const void> owning(nb::object view) {
  return {view.release().ptr(), [](const void* object) {
            nb::gil_scoped_acquire held;
            Py_DECREF(static_cast<PyObject*>(const_cast<void*>(object)));
          }};
}

void construct(CheckedBuffer* self, nb::handle buffer, nb::bytes checksums, std::string name) {
  nb::object view = view_of(buffer).attr("toreadonly")();
  if (PyMemoryView_GET_BUFFER(view.ptr())->itemsize != 1) throw nb::value_error("a buffer of single bytes");
  const std::span<const uint8_t> bytes = bytes_of(view);
  new (self) CheckedBuffer(bytes, decode_checksums(checksums), std::move(name), owning(std::move(view)));
}

nb::object view(const CheckedBuffer& buffer, uint64_t offset, uint64_t length) {
  if (!buffer.is_verified(offset, length)) {  // giving up the GIL may cost milliseconds: only for work
    nb::gil_scoped_release released;
    buffer.touch(offset, length);
  }
  const nb::handle whole = static_cast<PyObject*>(const_cast<void*>(buffer.owner().get()));
  return whole[nb::slice(nb::int_(offset), nb::int_(offset + length), nb::none())];
}

}  // namespace

void bind_bytes(nb::module_& module) {
  module.def(
      "crc32c", [](nb::handle data, uint32_t seed) { return checksum(crc32c, data, seed); }, nb::arg("data"),
      nb::arg("seed") = 0);
  module.def(
      "crc32c_portable", [](nb::handle data, uint32_t seed) { return checksum(crc32c_portable, data, seed); },
      nb::arg("data"), nb::arg("seed") = 0);
  module.def("crc32c_path", crc32c_path);

  nb::class_<CheckedBuffer>(module, "CheckedBuffer")
      .def("__init__", construct, nb::arg("buffer"), nb::arg("checksums"), nb::arg("name"))
      .def("view", view, nb::arg("offset"), nb::arg("length"))
      .def("__len__", &CheckedBuffer::size)
      .def_prop_ro("name", &CheckedBuffer::file_name);
  module.attr("CHUNK_BYTES") = CheckedBuffer::kChunk;
}

}  // namespace searchlib
