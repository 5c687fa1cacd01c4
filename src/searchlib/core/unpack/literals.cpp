#include "unpack/literals.hpp"

#include <cstring>

#include "bytes/varint.hpp"

namespace searchlib::unpacking {
namespace {

uint64_t number(std::span<const uint8_t> block, size_t bytes) {
  if (block.size() < bytes) broken("a block ends too early");
  uint64_t number = 0;
  std::memcpy(&number, block.data(), bytes);
  return number;
}

}  // namespace

Unpacker::Literals::Literals(Unpacker& unpacker, std::span<const uint8_t> block) {
  if (block.empty()) broken("a block is empty");
  const unsigned form = block[0] >> 2 & 3;
  if ((block[0] & 3) < 2) {
    read_plain(unpacker, block, form);
  } else {
    read_coded(unpacker, block, form);
  }
}

void Unpacker::Literals::set(Unpacker& unpacker, size_t count) {
  if (count > kMaxBlock) broken("a block has too many literals");
  if (unpacker.literals_ == nullptr) unpacker.literals_.reset(new uint8_t[kMaxBlock + kSlack]);
  at_ = ready_ = unpacker.literals_.get();
  end_ = at_ + count;
}

void Unpacker::Literals::read_plain(Unpacker& unpacker, std::span<const uint8_t> block, unsigned form) {
  const size_t head = (form & 1) == 0 ? 1 : form == 1 ? 2 : 3;
  const size_t count = number(block, head) >> (head == 1 ? 3 : 4);
  set(unpacker, count);
  ready_ = end_;
  if ((block[0] & 3) == 1) {
    if (block.size() < head + 1) broken("a block ends too early");
    std::memset(at_, block[head], count);
    section_ = head + 1;
    return;
  }
  if (block.size() - head < count) broken("a block ends too early");
  std::memcpy(at_, block.data() + head, count);
  section_ = head + count;
}

void Unpacker::Literals::read_coded(Unpacker& unpacker, std::span<const uint8_t> block, unsigned form) {
  const size_t head = form < 2 ? 3 : form == 2 ? 4 : 5;
  const unsigned bits = form < 2 ? 10 : form == 2 ? 14 : 18;
  const uint64_t sizes = number(block, head) >> 4;
  const size_t count = sizes & ((1u << bits) - 1);
  const size_t packed = sizes >> bits;
  if (block.size() - head < packed) broken("a block ends too early");
  set(unpacker, count);
  section_ = head + packed;
  std::span<const uint8_t> bytes = block.subspan(head, packed);
  if ((block[0] & 3) == 2) {
    bytes = bytes.subspan(unpacker.own_huffman_.read(bytes));
    unpacker.huffman_ = &unpacker.own_huffman_;
  }
  table_ = unpacker.huffman_;
  if (table_ == nullptr) broken("a block repeats a tree that is not there");
  if (form == 0) {
    stream_.emplace(bytes.data(), bytes.data() + bytes.size());
  } else {
    unpack_four(bytes);
  }
}

void Unpacker::Literals::unpack_four(std::span<const uint8_t> bytes) {
  if (bytes.size() < 6) broken("a block ends too early");
  const size_t count = static_cast<size_t>(end_ - at_), quarter = (count + 3) / 4;
  if (3 * quarter > count) broken("four streams of too few literals");
  const uint8_t* begin = bytes.data() + 6;
  const uint8_t* const end = bytes.data() + bytes.size();
  for (size_t i = 0; i < 4; ++i) {
    const size_t left = static_cast<size_t>(end - begin);
    const size_t size = i < 3 ? load_fixed<uint16_t>(bytes.data() + 2 * i) : left;
    if (size > left) broken("a block ends too early");
    BackwardBits stream(begin, begin + size);
    const size_t some = i < 3 ? quarter : count - 3 * quarter;
    table_->decode(stream, ready_, some);
    if (stream.left() != 0) broken("a stream of literals is too long");
    ready_ += some;
    begin += size;
  }
}

}  // namespace searchlib::unpacking
