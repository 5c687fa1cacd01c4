#include "postings/document_blocks.hpp"

#include <optional>
#include <string>
#include <utility>

#include "bytes/varint.hpp"
#include "errors.hpp"

namespace searchlib {
namespace {

constexpr uint64_t kHeader = 16;
constexpr uint64_t kMaxDocs = (uint64_t{1} << 31) - 1;
constexpr uint64_t kMaxExpansion = 32768;  // an RLE block of zstandard makes 128 KiB of 4 bytes

[[noreturn]] void corrupt_index(const std::string& message) {
  throw CorruptIndexError(message, "documents.index");
}

// What a frame's header says that it is unpacked; nothing if it does not say, or is none.
std::optional<uint64_t> claimed_length(std::span<const uint8_t> frame) {
  if (frame.size() < 6 || load_fixed<uint32_t>(frame.data()) != 0xFD2FB528) return std::nullopt;
  const uint8_t descriptor = frame[4];
  const bool single = (descriptor & 0x20) != 0;
  constexpr uint8_t kIdBytes[] = {0, 1, 2, 4};
  const size_t at = size_t{5} + !single + kIdBytes[descriptor & 3];
  const auto read = [&](auto number) -> std::optional<uint64_t> {
    if (at + sizeof number > frame.size()) return std::nullopt;
    return load_fixed<decltype(number)>(frame.data() + at);
  };
  switch (descriptor >> 6) {
    case 0:
      return single ? read(uint8_t{}) : std::nullopt;
    case 1: {
      const auto length = read(uint16_t{});
      return length ? std::optional(*length + 256) : std::nullopt;
    }
    case 2:
      return read(uint32_t{});
    default:
      return read(uint64_t{});
  }
}

}  // namespace

DocumentBlocks::DocumentBlocks(std::shared_ptr<const CheckedBuffer> buffer, Part documents, Part index,
                               Limits limits)
    : buffer_(std::move(buffer)), documents_(documents), limits_(limits) {
  index_ = buffer_->touch(index.offset, index.length);
  if (index.length < kHeader) corrupt_index("too short");
  num_docs_ = load_fixed<uint64_t>(index_);
  num_blocks_ = load_fixed<uint64_t>(index_ + 8);
  if (num_docs_ > kMaxDocs || num_blocks_ > index.length ||
      index.length != kHeader + 12 * (num_blocks_ + 1) + 4 * num_blocks_)
    corrupt_index("its length does not fit its counts");
}

uint64_t DocumentBlocks::offset(uint64_t block) const {
  return load_fixed<uint64_t>(index_ + kHeader + 8 * block);
}

uint32_t DocumentBlocks::first_doc(uint64_t block) const {
  return load_fixed<uint32_t>(index_ + kHeader + 8 * (num_blocks_ + 1) + 4 * block);
}

DocumentBlocks::Place DocumentBlocks::place_of(uint32_t doc) const {
  uint64_t low = 0, high = num_blocks_;  // the last block that begins at or before the document
  while (high - low > 1) {
    const uint64_t middle = low + (high - low) / 2;
    (first_doc(middle) <= doc ? low : high) = middle;
  }
  if (low >= num_blocks_) corrupt_index("its document numbers do not ascend");
  const uint32_t first = first_doc(low), end = first_doc(low + 1);
  if (doc < first || doc >= end || end > num_docs_) corrupt_index("its document numbers do not ascend");
  const uint64_t begin = offset(low), stop = offset(low + 1);
  if (begin >= stop || stop > documents_.length) corrupt_index("its offsets do not ascend");
  const uint32_t raw_length = load_fixed<uint32_t>(index_ + kHeader + 12 * (num_blocks_ + 1) + 4 * low);
  const std::string name = "block " + std::to_string(low);
  if (raw_length > (end - first > 1 ? limits_.of_several : limits_.of_one))
    corrupt_index(name + " claims " + std::to_string(raw_length) + " bytes, more than any");
  const Place place{static_cast<uint32_t>(low), doc - first, end - first, raw_length,
                    documents_.offset + begin,  stop - begin};
  const std::optional<uint64_t> claimed = claimed_length(frame(place));
  if (claimed != raw_length || raw_length > place.length * kMaxExpansion)
    throw CorruptIndexError(name + ": a frame of " + std::to_string(place.length) + " bytes that claims " +
                                (claimed ? std::to_string(*claimed) : "nothing") + " where " +
                                std::to_string(raw_length) + " are expected",
                            "documents");
  return place;
}

std::span<const uint8_t> DocumentBlocks::frame(const Place& place) const {
  return {buffer_->touch(place.offset, place.length), place.length};
}

}  // namespace searchlib
