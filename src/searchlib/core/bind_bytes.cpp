// Python's side of bytes/: checksums of any buffer, and verified views of one.

#include <nanobind/stl/string.h>

#include "bind.hpp"
#include "bind_buffer.hpp"
#include "bytes/checked_buffer.hpp"
#include "bytes/crc32.hpp"
#include "bytes/crc32c.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

template <class Function>
uint32_t checksum(Function function, nb::handle data, uint32_t seed) {
  const HeldBuffer held(data);
  nb::gil_scoped_release released;
  return function(held.bytes(), seed);
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

void construct(CheckedBuffer* self, nb::handle buffer, nb::bytes checksums, std::string name) {
  const HeldBuffer held(buffer);
  if (held.item_bytes() != 1) throw nb::value_error("a buffer of single bytes");
  new (self) CheckedBuffer(held.bytes(), decode_checksums(checksums), std::move(name), held.owner());
}

nb::object view(const CheckedBuffer& buffer, uint64_t offset, uint64_t length) {
  if (!buffer.is_verified(offset, length)) {  // giving up the GIL may cost milliseconds: only for work
    nb::gil_scoped_release released;
    buffer.touch(offset, length);
  }
  return HeldBuffer::view_of(
      buffer.owner())[nb::slice(nb::int_(offset), nb::int_(offset + length), nb::none())];
}

}  // namespace

void bind_bytes(nb::module_& module) {
  module.def(
      "crc32", [](nb::handle data, uint32_t seed) { return checksum(crc32, data, seed); }, nb::arg("data"),
      nb::arg("seed") = 0);
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
