#include "unpack/sequences.hpp"

#include "unpack/frame_error.hpp"

namespace searchlib::unpacking {
namespace {

struct Value {
  uint32_t base;
  uint8_t bits;
};

constexpr std::array<Value, 36> kLiteralLengths{
    {{0, 0},     {1, 0},      {2, 0},      {3, 0},     {4, 0},   {5, 0},     {6, 0},     {7, 0},
     {8, 0},     {9, 0},      {10, 0},     {11, 0},    {12, 0},  {13, 0},    {14, 0},    {15, 0},
     {16, 1},    {18, 1},     {20, 1},     {22, 1},    {24, 2},  {28, 2},    {32, 3},    {40, 3},
     {48, 4},    {64, 6},     {128, 7},    {256, 8},   {512, 9}, {1024, 10}, {2048, 11}, {4096, 12},
     {8192, 13}, {16384, 14}, {32768, 15}, {65536, 16}}};

constexpr std::array<uint8_t, 21> kBitsOfLongMatches{1, 1, 1, 1,  2,  2,  3,  3,  4,  4, 5,
                                                     7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

constexpr std::array<Value, 53> match_lengths() {
  std::array<Value, 53> values{};
  for (unsigned code = 0; code < 32; ++code) values[code] = {code + 3, 0};
  uint32_t base = 35;
  unsigned code = 32;
  for (const uint8_t bits : kBitsOfLongMatches) {
    values[code++] = {base, bits};
    base += 1u << bits;
  }
  return values;
}

constexpr std::array<Value, 53> kMatchLengths = match_lengths();
static_assert(kMatchLengths[42].base == 67 + 32 && kMatchLengths[43].base == 131 &&
              kMatchLengths[52].base == 65539);

struct Kind {
  unsigned num_symbols, max_log;
};

constexpr Kind kind_of(Code code) {
  switch (code) {
    case Code::kLiterals:
      return {36, 9};
    case Code::kOffset:
      return {32, 8};
    default:
      return {53, 9};
  }
}

Value value_of(Code code, unsigned symbol) {
  switch (code) {
    case Code::kLiterals:
      return kLiteralLengths[symbol];
    case Code::kOffset:
      return {1u << symbol, static_cast<uint8_t>(symbol)};
    default:
      return kMatchLengths[symbol];
  }
}

constexpr Counts kLiteralsPredefined{{4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1,  1,  2,  2,
                                      2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1},
                                     36,
                                     6};
constexpr Counts kOffsetsPredefined{
    {1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1}, 29, 5};
constexpr Counts kMatchesPredefined{
    {1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,  1,  1,  1,  1,  1,  1, 1,
     1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1},
    53,
    6};

}  // namespace

void CodeTable::set(Code code, const Counts& counts) {
  std::array<Step, 1 << kMaxLog> steps;
  spread(counts, steps);
  log_ = counts.log;
  for (size_t state = 0; state < size_t{1} << log_; ++state) {
    const Step& step = steps[state];
    const Value value = value_of(code, step.symbol);
    cells_[state] = {value.base, value.bits, step.bits, step.base};
  }
}

void CodeTable::set_to_predefined(Code code) {
  const Counts& counts = code == Code::kLiterals ? kLiteralsPredefined
                         : code == Code::kOffset ? kOffsetsPredefined
                                                 : kMatchesPredefined;
  set(code, counts);
}

void CodeTable::set_to_one(Code code, uint8_t symbol) {
  if (symbol >= kind_of(code).num_symbols) broken("there is no code of that number");
  const Value value = value_of(code, symbol);
  cells_[0] = {value.base, value.bits, 0, 0};
  log_ = 0;
}

size_t CodeTable::read(Code code, std::span<const uint8_t> bytes) {
  const Kind kind = kind_of(code);
  Counts counts;
  const size_t size = read_counts(bytes, kind.num_symbols, kind.max_log, counts);
  set(code, counts);
  return size;
}

}  // namespace searchlib::unpacking
