#include "unpack/frame.hpp"

#include <algorithm>
#include <cstring>

#include "bytes/varint.hpp"
#include "unpack/literals.hpp"

namespace searchlib::unpacking {
namespace {

constexpr size_t kLook = 256;  // so many bytes are unpacked before the wanted line is looked for again

void copy_roughly(uint8_t* to, const uint8_t* from, size_t size) {
  std::memcpy(to, from, 16);
  if (size <= 16) return;
  for (size_t at = 16; at < size; at += 16) std::memcpy(to + at, from + at, 16);
}

}  // namespace

Dictionary::Dictionary(std::span<const uint8_t> bytes) {
  if (bytes.size() < 8 || load_fixed<uint32_t>(bytes.data()) != 0xEC30A437) broken("it is no dictionary");
  size_t at = 8;
  at += huffman_.read(bytes.subspan(at));
  huffman_.pair();
  at += codes_.offsets.read(Code::kOffset, bytes.subspan(at));
  at += codes_.matches.read(Code::kMatch, bytes.subspan(at));
  at += codes_.literals.read(Code::kLiterals, bytes.subspan(at));
  if (bytes.size() - at < 12) broken("a dictionary ends too early");
  const std::span<const uint8_t> text = bytes.subspan(at + 12);
  for (size_t i = 0; i < 3; ++i) {
    offsets_[i] = load_fixed<uint32_t>(bytes.data() + at + 4 * i);
    if (offsets_[i] == 0 || offsets_[i] > text.size()) broken("a dictionary repeats what it has not");
  }
  text_.assign(text.begin(), text.end());
  size_ = text.size();
  text_.resize(size_ + kSlack);
}

Head head_of(std::span<const uint8_t> frame) {
  if (frame.size() < 6 || load_fixed<uint32_t>(frame.data()) != 0xFD2FB528) broken("it is no frame");
  const uint8_t descriptor = frame[4];
  const bool single = (descriptor & 0x20) != 0;
  if ((descriptor & 8) != 0) broken("a frame of a later version");
  constexpr uint8_t kIdBytes[] = {0, 1, 2, 4}, kLengthBytes[] = {0, 2, 4, 8};
  const size_t at = size_t{5} + !single + kIdBytes[descriptor & 3];
  size_t length_bytes = kLengthBytes[descriptor >> 6];
  if (length_bytes == 0 && single) length_bytes = 1;
  if (at + length_bytes > frame.size()) broken("a frame ends too early");
  if (length_bytes == 0) return {at, std::nullopt};
  uint64_t length = 0;
  std::memcpy(&length, frame.data() + at, length_bytes);
  if (length_bytes == 2) length += 256;
  return {at + length_bytes, length};
}

std::string_view Unpacker::unpack(std::span<const uint8_t> frame, const Dictionary* dictionary, size_t length,
                                  uint32_t line) {
  const Head head = head_of(frame);
  if (head.length && *head.length != length) broken("a frame of another length");
  if (out_ == nullptr || out_room_ < length || out_room_ > std::max(length, kMaxBlock)) {
    out_room_ = std::max(length, size_t{1} << 15);
    out_.reset(new uint8_t[out_room_ + kSlack]);
  }
  begin_ = at_ = out_.get();
  end_ = begin_ + length;
  seen_ = begin_;
  lines_left_ = line;
  constexpr size_t kOffsets[] = {1, 4, 8};
  literal_codes_ = offset_codes_ = match_codes_ = nullptr;
  huffman_ = nullptr;
  for (size_t i = 0; i < 3; ++i) offsets_[i] = dictionary != nullptr ? dictionary->offsets_[i] : kOffsets[i];
  if (dictionary != nullptr) {
    huffman_ = &dictionary->huffman_;
    literal_codes_ = &dictionary->codes_.literals;
    offset_codes_ = &dictionary->codes_.offsets;
    match_codes_ = &dictionary->codes_.matches;
  }
  size_t place = head.size;
  for (bool is_last = false; !is_last;) {
    if (frame.size() - place < 3) broken("a frame ends too early");
    const uint32_t block = frame[place] | frame[place + 1] << 8 | frame[place + 2] << 16;
    place += 3;
    is_last = (block & 1) != 0;
    const size_t size = block >> 3;
    const unsigned kind = block >> 1 & 3;
    if (size > kMaxBlock) broken("a block is too large");
    if (frame.size() - place < (kind == 1 ? 1 : size)) broken("a frame ends too early");
    if (kind < 2 && size > static_cast<size_t>(end_ - at_)) broken("a frame is longer than it says");
    if (kind == 0) {
      if (size > 0) std::memcpy(at_, frame.data() + place, size);
      at_ += size;
    } else if (kind == 1) {
      std::memset(at_, frame[place], size);
      at_ += size;
    } else if (kind == 2) {
      unpack_block(frame.subspan(place, size), dictionary);
    } else {
      broken("a block of no kind");
    }
    place += kind == 1 ? 1 : size;
    if (has_line()) return {reinterpret_cast<const char*>(begin_), static_cast<size_t>(at_ - begin_)};
  }
  if (at_ != end_) broken("a frame is shorter than it says");
  if (frame.size() - place != ((frame[4] & 4) != 0 ? 4 : 0)) broken("a frame goes on behind its end");
  return {reinterpret_cast<const char*>(begin_), length};
}

// Whether all of the wanted line is there.
bool Unpacker::has_line() {
  if (lines_left_ == UINT32_MAX) return false;
  while (seen_ != at_) {
    const void* const end = std::memchr(seen_, '\n', static_cast<size_t>(at_ - seen_));
    if (end == nullptr) {
      seen_ = at_;
      return false;
    }
    if (lines_left_ == 0) return true;
    --lines_left_;
    seen_ = static_cast<const uint8_t*>(end) + 1;
  }
  return false;
}

void Unpacker::unpack_block(std::span<const uint8_t> block, const Dictionary* dictionary) {
  Literals literals(*this, block);
  block = block.subspan(literals.section_size());
  if (block.empty()) broken("a block has no sequences");
  size_t count = block[0], head = 1;
  if (count >= 128) {
    head = count < 255 ? 2 : 3;
    if (block.size() < head) broken("a block ends too early");
    count = count < 255 ? (count - 128) << 8 | block[1] : size_t{0x7F00} + (block[1] | block[2] << 8);
  }
  block = block.subspan(head);
  if (count > 0) {
    block = block.subspan(read_tables(block));
    run_sequences(block, count, literals, dictionary);
    if (lines_left_ != UINT32_MAX && has_line()) return;
  } else if (!block.empty()) {
    broken("a block goes on behind its end");
  }
  const size_t rest = literals.left();
  if (rest > static_cast<size_t>(end_ - at_)) broken("a frame is longer than it says");
  std::memcpy(at_, literals.take(rest), rest);
  at_ += rest;
}

// The tables of the sequences: what bytes they take.
size_t Unpacker::read_tables(std::span<const uint8_t> block) {
  if (block.empty()) broken("a block ends too early");
  const uint8_t modes = block[0];
  if ((modes & 3) != 0) broken("a block of a later version");
  size_t at = 1;
  const auto read = [&](Code code, unsigned mode, CodeTable& own, const CodeTable*& used) {
    if (mode == 3) {
      if (used == nullptr) broken("a block repeats a table that is not there");
      return;
    }
    if (mode == 0) {
      own.set_to_predefined(code);
    } else if (mode == 1) {
      if (at >= block.size()) broken("a block ends too early");
      own.set_to_one(code, block[at++]);
    } else {
      at += own.read(code, block.subspan(at));
    }
    used = &own;
  };
  read(Code::kLiterals, modes >> 6, own_.literals, literal_codes_);
  read(Code::kOffset, modes >> 4 & 3, own_.offsets, offset_codes_);
  read(Code::kMatch, modes >> 2 & 3, own_.matches, match_codes_);
  return at;
}

void Unpacker::run_sequences(std::span<const uint8_t> bytes, size_t count, Literals& all_literals,
                             const Dictionary* dictionary) {
  // What changes is held in variables of its own: what is written may alias all that is reached by a pointer.
  Literals literals = all_literals;
  BackwardBits bits(bytes.data(), bytes.data() + bytes.size());
  const CodeTable &of_literals = *literal_codes_, &of_offsets = *offset_codes_, &of_matches = *match_codes_;
  size_t literal_state = bits.read(of_literals.log());
  size_t offset_state = bits.read(of_offsets.log());
  size_t match_state = bits.read(of_matches.log());
  size_t last = offsets_[0], one_before = offsets_[1], two_before = offsets_[2];
  const uint8_t* const text_end =
      dictionary != nullptr ? dictionary->text_.data() + dictionary->size_ : nullptr;
  const size_t text_size = dictionary != nullptr ? dictionary->size_ : 0;
  uint8_t *at = at_, *const begin = begin_, *const end = end_;
  const uint8_t* look_at = lines_left_ != UINT32_MAX ? at + kLook : end + kSlack;
  for (size_t i = count; i-- > 0;) {
    if (bits.has_overrun()) broken("sequences end too early");
    bits.refill();
    const CodeTable::Cell literal = of_literals[literal_state], offset_cell = of_offsets[offset_state],
                          match = of_matches[match_state];
    const size_t value = offset_cell.base + bits.read(offset_cell.more);
    if (offset_cell.more + match.more + literal.more > 30) [[unlikely]] {
      if (bits.has_overrun()) broken("sequences end too early");
      bits.refill();
    }
    const size_t match_length = match.base + bits.read(match.more);
    const size_t literal_length = literal.base + bits.read(literal.more);
    if (i > 0) {
      literal_state = literal.next + bits.read(literal.bits);
      match_state = match.next + bits.read(match.bits);
      offset_state = offset_cell.next + bits.read(offset_cell.bits);
    }
    size_t offset;
    if (value > 3) {
      offset = value - 3;
      two_before = one_before;
      one_before = last;
    } else {
      const size_t which = value - (literal_length != 0);
      offset = which == 0 ? last : which == 1 ? one_before : which == 2 ? two_before : last - 1;
      if (which > 1) two_before = one_before;
      if (which > 0) one_before = last;
    }
    last = offset;
    if (literal_length > literals.left() || literal_length + match_length > static_cast<size_t>(end - at))
      broken("a sequence is longer than what is left");
    copy_roughly(at, literals.take(literal_length), literal_length);
    at += literal_length;
    const auto made = static_cast<size_t>(at - begin);
    const bool is_made = offset <= made;
    const size_t behind = offset - made;  // from the dictionary's end, if it is there
    const size_t room = is_made ? offset : behind <= text_size ? behind : 0;
    if (room >= (is_made ? 16 : match_length)) [[likely]] {
      copy_roughly(at, is_made ? at - offset : text_end - behind, match_length);
    } else {
      copy_slowly(dictionary, at, offset, match_length);
    }
    at += match_length;
    if (at >= look_at) {
      at_ = at;
      if (has_line()) return;
      look_at = at + kLook;
    }
  }
  if (bits.left() != 0) broken("sequences end too early, or too late");
  at_ = at;
  offsets_[0] = last;
  offsets_[1] = one_before;
  offsets_[2] = two_before;
  all_literals = literals;
}

// Of a match that overlaps what it makes, or begins in the dictionary and goes on behind it.
void Unpacker::copy_slowly(const Dictionary* dictionary, uint8_t* to, size_t offset, size_t length) const {
  uint8_t* const end = to + length;
  const auto made = static_cast<size_t>(to - begin_);
  if (offset == 0) broken("a match repeats nothing");
  if (offset > made) {
    const size_t behind = offset - made;
    if (dictionary == nullptr || behind > dictionary->size_) broken("a match begins before the text");
    const size_t some = std::min(behind, length);
    std::memcpy(to, dictionary->text_.data() + (dictionary->size_ - behind), some);
    to += some;
  }
  for (; to != end; ++to) *to = *(to - offset);
}

}  // namespace searchlib::unpacking
