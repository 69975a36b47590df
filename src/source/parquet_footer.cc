// SPDX-License-Identifier: Apache-2.0
#include "source/parquet_footer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

namespace onus::source {
namespace {

constexpr std::size_t kMaxFooter = std::size_t{1} << 26;
constexpr std::size_t kMaxElements = 1 << 16;  // of the schema
constexpr int kMaxNesting = 16;                // of Thrift's structs; Parquet has 8
constexpr std::size_t kTail = 8;               // length of the footer, and the magic

enum class Wire : std::uint8_t {
  stop = 0,
  yes = 1,
  no = 2,
  byte = 3,
  i16 = 4,
  i32 = 5,
  i64 = 6,
  real = 7,
  binary = 8,
  list = 9,
  set = 10,
  map = 11,
  structure = 12,
};

// Every answer after the first fault is 0 or stop, and good() says so.
class Thrift {
 public:
  explicit Thrift(std::string_view bytes) : bytes_(bytes) {}
  bool good() const { return good_; }

  struct Items {
    Wire type = Wire::stop;
    std::uint64_t size = 0;
  };

  std::int64_t integer() {
    const std::uint64_t raw = varint();
    return static_cast<std::int64_t>(raw >> 1) ^ -static_cast<std::int64_t>(raw & 1);
  }
  Items items() {
    const std::uint8_t head = byte();
    Items out{static_cast<Wire>(head & 0x0F), std::uint64_t{head} >> 4};
    if (out.size == 15) out.size = varint();
    return out;
  }
  // Of a struct that begins here, each field; `take(id, type)` says whether it read the value.
  template <class Take>
  void fields(const Take& take) {  // NOLINT(misc-no-recursion): to kMaxNesting
    if (++nesting_ > kMaxNesting) good_ = false;
    std::int64_t id = 0;
    while (good_) {
      const std::uint8_t head = byte();
      const auto type = static_cast<Wire>(head & 0x0F);
      if (type == Wire::stop) break;
      id = head >> 4 ? id + (head >> 4) : integer();
      if (!take(id, type)) skip(type);
    }
    --nesting_;
  }
  // Of a list of structs that begins here, each one; `each()` reads it.
  template <class Each>
  void structs(const Each& each) {
    const Items all = items();
    if (all.type != Wire::structure) good_ = all.size == 0 && good_;
    for (std::uint64_t i = 0; i < all.size && good_; ++i) each();
  }

 private:
  std::uint8_t byte() {
    if (bytes_.empty()) good_ = false;
    if (!good_) return 0;
    const auto out = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return out;
  }
  std::uint64_t varint() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      out |= std::uint64_t{next & 0x7FU} << shift;
      if (!(next & 0x80)) return out;
    }
    good_ = false;
    return 0;
  }
  void pass(std::uint64_t size) {
    good_ = good_ && size <= bytes_.size();
    if (good_) bytes_.remove_prefix(size);
  }
  void skip(Wire type);
  void skip_map();

  std::string_view bytes_;
  int nesting_ = 0;
  bool good_ = true;
};

void Thrift::skip(Wire type) {  // NOLINT(misc-no-recursion): to kMaxNesting
  switch (type) {
    case Wire::yes:
    case Wire::no:
      return;
    case Wire::byte:
      return pass(1);
    case Wire::i16:
    case Wire::i32:
    case Wire::i64:
      varint();
      return;
    case Wire::real:
      return pass(8);
    case Wire::binary:
      return pass(varint());
    case Wire::structure:
      return fields([](std::int64_t, Wire) { return false; });
    case Wire::map:
      return skip_map();
    case Wire::list:
    case Wire::set: {
      if (++nesting_ > kMaxNesting) good_ = false;
      const Items all = items();
      const bool flags = all.type == Wire::yes || all.type == Wire::no;  // a byte each in a list
      for (std::uint64_t i = 0; i < all.size && good_; ++i) skip(flags ? Wire::byte : all.type);
      --nesting_;
      return;
    }
    case Wire::stop:
      break;
  }
  good_ = false;
}

// No footer has one.
void Thrift::skip_map() { good_ = good_ && varint() == 0; }

struct Element {
  std::int64_t children = 0;
};

// Whether the elements are one tree, root first, of no more than the depth that is read.
Result<void> check_tree(const std::vector<Element>& elements) {
  std::vector<std::int64_t> open;  // children still to come, of each element that is open
  for (std::size_t i = 0; i < elements.size(); ++i) {
    while (!open.empty() && open.back() == 0) open.pop_back();
    if (i > 0 && open.empty()) return fail(Code::bad_input, "damaged: its columns are no tree");
    if (!open.empty()) --open.back();
    if (elements[i].children < 0) return fail(Code::bad_input, "damaged: its columns are no tree");
    open.push_back(elements[i].children);
    if (open.size() > kMaxParquetDepth) {
      return fail(Code::over_budget,
                  "its columns nest deeper than " + std::to_string(kMaxParquetDepth) + " levels");
    }
  }
  while (!open.empty() && open.back() == 0) open.pop_back();
  if (!open.empty()) return fail(Code::bad_input, "damaged: columns are missing");
  return {};
}

struct Parts {
  std::vector<Element> elements;
  std::int64_t stated_rows = -1;
  std::int64_t rows = 0;
};

constexpr std::int64_t kNumChildren = 5;  // of SchemaElement
constexpr std::int64_t kGroupRows = 3;    // of RowGroup

void read_elements(Thrift& thrift, Parts& parts) {
  thrift.structs([&] {
    Element element;
    thrift.fields([&](std::int64_t id, Wire type) {
      const bool children = id == kNumChildren && type == Wire::i32;
      if (children) element.children = thrift.integer();
      return children;
    });
    if (parts.elements.size() <= kMaxElements) parts.elements.push_back(element);
  });
}

void read_groups(Thrift& thrift, Parts& parts, bool& possible) {
  thrift.structs([&] {
    thrift.fields([&](std::int64_t id, Wire type) {
      if (id != kGroupRows || type != Wire::i64) return false;
      const std::int64_t rows = thrift.integer();
      possible = possible && rows >= 0 && !__builtin_add_overflow(parts.rows, rows, &parts.rows);
      return true;
    });
  });
}

tl::unexpected<Error> damaged() { return fail(Code::bad_input, "damaged: its footer is none"); }

// The last bytes of the file; `size` is checked against its length.
Result<std::string> read_at(int file, std::uint64_t at, std::size_t size) {
  std::string out(size, '\0');
  for (std::size_t got = 0; got < size;) {
    const ssize_t more = pread(file, out.data() + got, size - got, static_cast<off_t>(at + got));
    if (more < 0) return fail(Code::io, std::strerror(errno));
    if (more == 0) return fail(Code::bad_input, "cut off");
    got += static_cast<std::size_t>(more);
  }
  return out;
}

Result<std::string> footer_bytes(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0) return fail(Code::io, std::strerror(errno));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size < 4 + kTail) return fail(Code::bad_input, "too short for a Parquet file");
  ONUS_TRY(const std::string head, read_at(file, 0, 4));
  ONUS_TRY(const std::string tail, read_at(file, size - kTail, kTail));
  if (tail.substr(4) == "PARE") return fail(Code::bad_input, "it is encrypted");
  if (head != "PAR1") return fail(Code::bad_input, "it does not begin as a Parquet file");
  if (tail.substr(4) != "PAR1") return fail(Code::bad_input, "cut off: its end is missing");
  std::uint32_t length = 0;
  for (std::size_t i = 4; i-- > 0;) length = length << 8 | static_cast<unsigned char>(tail[i]);
  if (length > size - 4 - kTail) return damaged();
  if (length > kMaxFooter) return fail(Code::over_budget, "its footer is over 64 MiB");
  return read_at(file, size - kTail - length, length);
}

}  // namespace

Result<ParquetFooter> parse_parquet_footer(std::string_view bytes) {
  Thrift thrift(bytes);
  Parts parts;
  bool possible = true;
  thrift.fields([&](std::int64_t id, Wire type) {
    if (id == 2 && type == Wire::list) return read_elements(thrift, parts), true;
    if (id == 3 && type == Wire::i64) return parts.stated_rows = thrift.integer(), true;
    if (id == 4 && type == Wire::list) return read_groups(thrift, parts, possible), true;
    return false;
  });
  if (!thrift.good() || !possible || parts.elements.empty()) return damaged();
  if (parts.stated_rows != parts.rows) {
    return fail(Code::bad_input, "damaged: its footer contradicts itself on the number of rows");
  }
  if (parts.elements.size() > kMaxElements) return fail(Code::over_budget, "too many columns");
  ONUS_TRY_VOID(check_tree(parts.elements));
  return ParquetFooter{parts.rows, parts.elements[0].children};
}

Result<ParquetFooter> read_parquet_footer(int file, const Budget& budget) {
  ONUS_TRY(const std::string bytes, footer_bytes(file));
  ONUS_TRY(const ParquetFooter footer, parse_parquet_footer(bytes));
  if (footer.columns > budget.max_cells) {
    return fail(Code::over_budget, "more than " + std::to_string(budget.max_cells) + " columns");
  }
  if (footer.rows > budget.max_rows) {
    return fail(Code::over_budget, "more than " + std::to_string(budget.max_rows) + " rows");
  }
  return footer;
}

}  // namespace onus::source
