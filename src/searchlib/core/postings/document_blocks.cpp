#include "postings/document_blocks.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "bytes/varint.hpp"
#include "errors.hpp"

namespace searchlib {
namespace {

using unpacking::FrameError;
using unpacking::Unpacker;

constexpr uint64_t kHeader = 16;
constexpr uint64_t kMaxDocs = (uint64_t{1} << 31) - 1;
constexpr uint64_t kMaxExpansion = 32768;  // an RLE block of zstandard makes 128 KiB of 4 bytes

constexpr const char* kIndex = "documents.index";
constexpr const char* kDictionaries = "documents.dictionaries";

Unpacker& unpacker_of_thread() {
  thread_local Unpacker unpacker;
  return unpacker;
}

// Before memory is taken for it: what is the matter with a frame that is to have `raw_length` bytes; "" if nothing is.
std::string complaint(std::span<const uint8_t> frame, uint64_t raw_length) {
  std::optional<uint64_t> claimed;
  try {
    claimed = unpacking::head_of(frame).length;
  } catch (const FrameError& error) {
    return error.what();
  }
  if (claimed == raw_length && raw_length <= frame.size() * kMaxExpansion) return {};
  return "a frame of " + std::to_string(frame.size()) + " bytes that claims " +
         (claimed ? std::to_string(*claimed) : "nothing") + " where " + std::to_string(raw_length) +
         " are expected";
}

// A line, if all of it is there. is_whole: nothing follows.
std::optional<std::string_view> line_of(std::string_view lines, uint32_t number, bool is_whole) {
  size_t begin = 0;
  for (; number > 0; --number) {
    begin = lines.find('\n', begin);
    if (begin == std::string_view::npos) return std::nullopt;
    ++begin;
  }
  const size_t end = lines.find('\n', begin);
  if (end == std::string_view::npos && !is_whole) return std::nullopt;
  return lines.substr(begin, end == std::string_view::npos ? end : end - begin);
}

}  // namespace

DocumentBlocks::DocumentBlocks(std::shared_ptr<const CheckedBuffer> buffer, Part documents, Part index,
                               Limits limits, std::vector<Run> runs)
    : buffer_(std::move(buffer)),
      documents_(documents),
      limits_(limits),
      runs_(std::move(runs)),
      index_(buffer_->touch(index.offset, index.length)),
      dictionaries_(new std::atomic<const unpacking::Dictionary*>[runs_.size()]()) {
  if (index.length < kHeader) corrupt("too short", kIndex);
  num_docs_ = load_fixed<uint64_t>(index_);
  num_blocks_ = load_fixed<uint64_t>(index_ + 8);
  if (num_docs_ > kMaxDocs || num_blocks_ > index.length ||
      index.length != kHeader + 12 * (num_blocks_ + 1) + 4 * num_blocks_)
    corrupt("its length does not fit its counts", kIndex);
  is_counted_.reset(new std::atomic<uint8_t>[num_blocks_]());
}

DocumentBlocks::~DocumentBlocks() {
  for (size_t run = 0; run < runs_.size(); ++run) delete dictionaries_[run].load();
}

void DocumentBlocks::corrupt(const std::string& message, const char* part) const {
  const std::string& file = buffer_->file_name();
  throw CorruptIndexError(file + ", part '" + part + "': " + message, part, file);
}

uint64_t DocumentBlocks::offset(uint64_t block) const {
  return load_fixed<uint64_t>(index_ + kHeader + 8 * block);
}

uint32_t DocumentBlocks::first_doc(uint64_t block) const {
  return load_fixed<uint32_t>(index_ + kHeader + 8 * (num_blocks_ + 1) + 4 * block);
}

uint32_t DocumentBlocks::raw_length(uint64_t block) const {
  return load_fixed<uint32_t>(index_ + kHeader + 12 * (num_blocks_ + 1) + 4 * block);
}

uint64_t DocumentBlocks::block_of_doc(uint32_t doc) const {
  uint64_t low = 0, high = num_blocks_;  // the last block that begins at or before the document
  while (high - low > 1) {
    const uint64_t middle = low + (high - low) / 2;
    (first_doc(middle) <= doc ? low : high) = middle;
  }
  if (low >= num_blocks_) corrupt("its document numbers do not ascend", kIndex);
  return low;
}

uint64_t DocumentBlocks::num_bytes(std::span<const uint32_t> docs) const {
  uint64_t sum = 0;
  for (size_t at = 0; at < docs.size();) {
    const uint64_t block = block_of_doc(docs[at]);
    sum += raw_length(block);
    const uint32_t end = first_doc(block + 1);
    do ++at;
    while (at < docs.size() && docs[at] < end);
  }
  return sum;
}

DocumentBlocks::Place DocumentBlocks::place_of_doc(uint32_t doc) const {
  const Place place = place_of_block(block_of_doc(doc));
  if (doc < place.first_doc || doc >= place.end_doc) corrupt("its document numbers do not ascend", kIndex);
  return place;
}

DocumentBlocks::Place DocumentBlocks::place_of_block(uint64_t block) const {
  const uint32_t first = first_doc(block), end = first_doc(block + 1);
  if (first >= end || end > num_docs_) corrupt("its document numbers do not ascend", kIndex);
  const uint64_t begin = offset(block), stop = offset(block + 1);
  if (begin >= stop || stop > documents_.length) corrupt("its offsets do not ascend", kIndex);
  const uint32_t length = raw_length(block);
  if (length > (end - first > 1 ? limits_.of_several : limits_.of_one)) {
    corrupt("block " + std::to_string(block) + " claims " + std::to_string(length) + " bytes, more than any",
            kIndex);
  }
  return {block, first, end, length, {buffer_->touch(documents_.offset + begin, stop - begin), stop - begin}};
}

const unpacking::Dictionary* DocumentBlocks::dictionary_of(uint64_t block) const {
  const auto behind = std::upper_bound(runs_.begin(), runs_.end(), block,
                                       [](uint64_t at, const Run& run) { return at < run.first_block; });
  if (behind == runs_.begin() || (behind - 1)->frame.length == 0) return nullptr;
  const auto run = static_cast<size_t>(behind - 1 - runs_.begin());
  if (const unpacking::Dictionary* const known = dictionaries_[run].load(std::memory_order_acquire))
    return known;
  const std::string bytes = dictionary(run);
  try {
    auto made = std::make_unique<const unpacking::Dictionary>(
        std::span(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
    // Of two threads that look at once both read it, and one throws its own away.
    const unpacking::Dictionary* known = nullptr;
    return dictionaries_[run].compare_exchange_strong(known, made.get(), std::memory_order_acq_rel)
               ? made.release()
               : known;
  } catch (const FrameError& error) {
    corrupt("dictionary " + std::to_string(run) + ": " + error.what(), kDictionaries);
  }
}

std::string DocumentBlocks::dictionary(size_t run) const {
  const Run& wanted = runs_[run];
  if (wanted.frame.length == 0) return {};
  const std::span frame(buffer_->touch(wanted.frame.offset, wanted.frame.length), wanted.frame.length);
  std::string message = complaint(frame, wanted.raw_length);
  if (message.empty()) {
    try {
      Unpacker unpacker;  // the thread's own may hold a block
      return std::string(unpacker.unpack(frame, nullptr, wanted.raw_length));
    } catch (const FrameError& error) {
      message = error.what();
    }
  }
  corrupt("dictionary " + std::to_string(run) + ": " + message, kDictionaries);
}

// line: as in Unpacker::unpack.
std::string_view DocumentBlocks::unpack(const Place& place, Unpacker& unpacker, uint32_t line) const {
  std::string message = complaint(place.frame, place.raw_length);
  if (message.empty()) {
    const unpacking::Dictionary* const dictionary = dictionary_of(place.block);
    std::atomic<uint8_t>& is_counted = is_counted_[place.block];
    try {
      if (is_counted.load(std::memory_order_relaxed) != 0)
        return unpacker.unpack(place.frame, dictionary, place.raw_length, line);
      const std::string_view lines = unpacker.unpack(place.frame, dictionary, place.raw_length);
      const auto count = static_cast<uint64_t>(std::count(lines.begin(), lines.end(), '\n')) + 1;
      if (count == place.end_doc - place.first_doc) {
        is_counted.store(1, std::memory_order_relaxed);
        return lines;
      }
      message =
          std::to_string(count) + " documents instead of " + std::to_string(place.end_doc - place.first_doc);
    } catch (const FrameError& error) {
      message = error.what();
    }
  }
  corrupt("block " + std::to_string(place.block) + ": " + message);
}

std::string DocumentBlocks::block(uint64_t block) const {
  Unpacker& unpacker = unpacker_of_thread();
  return std::string(unpack(place_of_block(block), unpacker, UINT32_MAX));
}

DocumentBlocks::Reader::Reader(const DocumentBlocks& blocks)
    : blocks_(blocks), unpacker_(unpacker_of_thread()), block_(blocks.num_blocks()) {}

std::string_view DocumentBlocks::Reader::line(uint32_t doc) {
  const uint64_t known = std::exchange(block_, blocks_.num_blocks());  // for the case that this fails
  const bool is_same =
      known < blocks_.num_blocks() && blocks_.first_doc(known) <= doc && doc < blocks_.first_doc(known + 1);
  const Place place = is_same ? blocks_.place_of_block(known) : blocks_.place_of_doc(doc);
  const uint32_t wanted = doc - place.first_doc;
  std::optional<std::string_view> line;
  if (is_same) line = line_of(lines_, wanted, lines_.size() == place.raw_length);
  if (!line) {
    lines_ = blocks_.unpack(place, unpacker_, wanted);
    line = line_of(lines_, wanted, lines_.size() == place.raw_length);
  }
  if (!line) blocks_.corrupt("block " + std::to_string(place.block) + " has too few documents");
  block_ = place.block;
  return *line;
}

}  // namespace searchlib
