// One term's postings in a segment: documents and term frequencies, in blocks of 128.
//
//   df < 128    postings := tail
//   df ≥ 128    postings := header{⌈df / 128⌉}, full block…, [tail]
//   header      := u32 last_doc, u32 offset, f32 max_f, u8 doc_bits, u8 tf_bits, u16 zero       (16 bytes)
//   full block  := packed gaps − 1 (doc_bits each), packed tf − 1 (tf_bits each)
//   tail        := for each document: varint gap << 1 | (tf = 1), [varint tf]
//
// A gap counts from the document before, −1 before the first (so the first gap is its number + 1). `offset`
// counts from the postings' start. max_f bounds tf / (tf + K) over the block, rounded up. The tail's header
// has both widths 0xFF.

#pragma once

#include <cstdint>

#include "bytes/varint.hpp"
#include "postings/bitpack.hpp"

namespace searchlib {

constexpr size_t kHeaderBytes = 16;
constexpr uint8_t kTailBits = 0xFF;
constexpr uint32_t kNoMoreDocs = UINT32_MAX;

struct BlockHeader {
  uint32_t last_doc = 0;
  uint32_t offset = 0;
  float max_f = 0;
  uint8_t doc_bits = 0;
  uint8_t tf_bits = 0;

  static BlockHeader load(const uint8_t* from) {
    return {load_fixed<uint32_t>(from), load_fixed<uint32_t>(from + 4), load_fixed<float>(from + 8), from[12],
            from[13]};
  }

  void put(Bytes& out) const {
    put_fixed(out, last_doc);
    put_fixed(out, offset);
    put_fixed(out, max_f);
    out.push_back(doc_bits);
    out.push_back(tf_bits);
    put_fixed(out, uint16_t{0});
  }
};

}  // namespace searchlib
