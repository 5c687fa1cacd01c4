// Python's side of stored documents: blocks of them, and those of a page as they are stored.

#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_documents.hpp"
#include "bind_released.hpp"
#include "postings/document_blocks.hpp"
#include "text/json_text.hpp"
#include "text/strict_json.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

nb::bytes to_bytes(std::string_view bytes) { return nb::bytes(bytes.data(), bytes.size()); }

uint32_t checked_number(const DocumentBlocks& blocks, uint64_t doc) {
  if (doc >= blocks.num_docs())
    throw nb::index_error(
        ("document " + std::to_string(doc) + " of " + std::to_string(blocks.num_docs()) + " documents")
            .c_str());
  return static_cast<uint32_t>(doc);
}

// Of one segment, ascending: from the first-th of all that are wanted on.
struct WantedDocs {
  nb::object owner;  // another thread may change the list that the blocks come from
  const DocumentBlocks* blocks;
  size_t first;
  std::vector<uint32_t> docs;
};

// The documents of a snapshot: first_docs are the numbers that its segments begin with, from 0 on. Those of a block
// are unpacked together.
DocumentLines read_documents(const std::vector<uint32_t>& first_docs, const nb::sequence& blocks,
                             const std::vector<uint32_t>& docs) {
  if (first_docs.empty() || first_docs.size() != nb::len(blocks))
    throw nb::value_error("expected the first document of each segment");
  std::vector<uint32_t> order(docs.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return docs[a] < docs[b]; });
  std::vector<WantedDocs> wanted;
  size_t num_bytes = 0;
  for (size_t at = 0; at < order.size();) {
    const auto behind = std::upper_bound(first_docs.begin(), first_docs.end(), docs[order[at]]);
    if (behind == first_docs.begin()) throw nb::value_error("the first segment begins with document 0");
    const auto segment = static_cast<size_t>(behind - first_docs.begin() - 1);
    WantedDocs& here = wanted.emplace_back(WantedDocs{nb::borrow(blocks[segment]), nullptr, at, {}});
    here.blocks = &checked_cast<const DocumentBlocks&>(here.owner);
    for (; at < order.size() && (behind == first_docs.end() || docs[order[at]] < *behind); ++at)
      here.docs.push_back(checked_number(*here.blocks, docs[order[at]] - first_docs[segment]));
    num_bytes += here.blocks->num_bytes(here.docs);
  }
  DocumentLines lines;
  lines.lines.resize(docs.size());
  const Released released(num_bytes);
  for (const WantedDocs& here : wanted) {
    DocumentBlocks::Reader reader(*here.blocks);
    for (size_t i = 0; i < here.docs.size(); ++i)
      lines.lines[order[here.first + i]] = reader.line(here.docs[i]);
  }
  return lines;
}

nb::bytes line_of(const DocumentLines& lines, size_t number) {
  if (number >= lines.lines.size()) throw nb::index_error("there is no document of that number");
  return to_bytes(lines.lines[number]);
}

// None: what not every reader of JSON takes. dates: fields that have dates.
nb::list strict_lines(const DocumentLines& lines, const std::vector<std::string>& dates) {
  std::vector<std::string> names(dates.size());
  for (size_t i = 0; i < dates.size(); ++i) put_json_string(dates[i], names[i]);
  nb::list list = nb::steal<nb::list>(PyList_New(static_cast<Py_ssize_t>(lines.lines.size())));
  if (!list.is_valid()) nb::raise_python_error();
  std::string strict;
  for (size_t i = 0; i < lines.lines.size(); ++i) {
    const bool is_strict = strict_json(lines.lines[i], names, strict);
    nb::object item = is_strict ? nb::object(to_bytes(strict)) : nb::none();
    PyList_SET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i), item.release().ptr());
  }
  return list;
}

// What a frame is unpacked to, as a block is.
nb::bytes unpack_frame(const nb::bytes& frame, size_t length, const nb::bytes& dictionary, uint32_t line) {
  const auto bytes_of = [](const nb::bytes& bytes) {
    return std::span(reinterpret_cast<const uint8_t*>(bytes.c_str()), bytes.size());
  };
  try {
    std::optional<unpacking::Dictionary> known;
    if (dictionary.size() > 0) known.emplace(bytes_of(dictionary));
    unpacking::Unpacker unpacker;
    return to_bytes(unpacker.unpack(bytes_of(frame), known ? &*known : nullptr, length, line));
  } catch (const unpacking::FrameError& error) {
    throw nb::value_error(error.what());
  }
}

}  // namespace

void bind_documents(nb::module_& module) {
  bind_plain_documents(module);
  using Range = std::pair<uint64_t, uint64_t>;
  using Run = std::tuple<uint32_t, uint64_t, uint64_t, uint32_t>;
  nb::class_<DocumentLines>(module, "DocumentLines")
      .def(
          "__init__",
          [](DocumentLines* self, const nb::sequence& lines) {
            DocumentLines made;
            for (nb::handle item : lines) {
              const auto line = nb::cast<nb::bytes>(item);
              made.lines.emplace_back(line.c_str(), line.size());
            }
            new (self) DocumentLines(std::move(made));
          },
          nb::arg("lines"))
      .def("__len__", [](const DocumentLines& lines) { return lines.lines.size(); })
      .def_prop_ro("num_bytes", num_bytes_of)
      .def("line", line_of, nb::arg("number"))
      .def("strict", strict_lines, nb::arg("dates") = std::vector<std::string>());
  nb::class_<DocumentBlocks>(module, "DocumentBlocks")
      .def(
          "__init__",
          [](DocumentBlocks* self, std::shared_ptr<CheckedBuffer> buffer, Range documents, Range index,
             const std::vector<Run>& runs, uint32_t of_several, uint32_t of_one) {
            std::vector<DocumentBlocks::Run> all;
            for (const auto& [first, offset, length, raw_length] : runs)
              all.push_back({first, {offset, length}, raw_length});
            new (self) DocumentBlocks(std::move(buffer), {documents.first, documents.second},
                                      {index.first, index.second}, {of_several, of_one}, std::move(all));
          },
          nb::arg("buffer"), nb::arg("documents"), nb::arg("index"), nb::arg("runs"), nb::arg("of_several"),
          nb::arg("of_one"))
      .def(
          "line",
          [](const DocumentBlocks& blocks, uint64_t doc) {
            const uint32_t number = checked_number(blocks, doc);
            DocumentBlocks::Reader reader(blocks);
            std::string_view line;
            {
              const Released released(blocks.num_bytes(std::span(&number, 1)));
              line = reader.line(number);
            }
            return to_bytes(line);
          },
          nb::arg("doc"))
      .def(
          "block",
          [](const DocumentBlocks& blocks, uint64_t block) {
            if (block >= blocks.num_blocks()) throw nb::index_error("there is no block of that number");
            std::string lines;
            {
              const Released released(blocks.raw_length(block));
              lines = blocks.block(block);
            }
            return to_bytes(lines);
          },
          nb::arg("block"))
      .def(
          "dictionary",
          [](const DocumentBlocks& blocks, size_t run) {
            if (run >= blocks.num_runs()) throw nb::index_error("there is no run of that number");
            return to_bytes(blocks.dictionary(run));
          },
          nb::arg("run"));
  module.def("read_documents", read_documents, nb::arg("first_docs"), nb::arg("blocks"), nb::arg("docs"));
  module.def("unpack_frame", unpack_frame, nb::arg("frame"), nb::arg("length"),
             nb::arg("dictionary") = nb::bytes("", 0), nb::arg("line") = UINT32_MAX);
}

}  // namespace searchlib
