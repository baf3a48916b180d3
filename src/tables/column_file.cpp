#include "tables/column_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <limits>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "kernel/text.hpp"
#include "tables/column_header.hpp"
#include "tables/mapped_file.hpp"
#include "tables/refusal.hpp"

namespace veche::tables {

namespace {

static_assert(std::endian::native == std::endian::little, "files of columns are little-endian");

constexpr std::string_view magic = "VECHECOL";
constexpr std::uint32_t version = 1;
constexpr std::uint64_t alignment = 64;
constexpr std::uint64_t preamble = 64;
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 50;

std::uint64_t aligned(std::uint64_t at) {
    return (at + alignment - 1) / alignment * alignment;
}

template <class Number>
void append_number(std::string& out, Number value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class Number>
Number number_at(std::string_view bytes, std::uint64_t at) {
    Number out;
    std::memcpy(&out, bytes.data() + at, sizeof out);
    return out;
}

std::string packed_words(const std::vector<std::string>& words) {
    std::string out;
    std::uint64_t at = 0;
    append_number(out, at);
    for (const std::string& one : words) append_number(out, at += one.size());
    for (const std::string& one : words) out += one;
    return out;
}

std::string_view cells_as_bytes(const column& c) {
    return {reinterpret_cast<const char*>(c.cells), c.rows * c.width};
}

std::string preamble_for(std::string_view header, std::uint64_t total) {
    std::string out(magic);
    append_number(out, version);
    append_number(out, std::uint32_t{0});
    append_number(out, static_cast<std::uint64_t>(header.size()));
    append_number(out, total);
    out += as_bytes(sha256(header));
    return out;
}

/// The file as a row of pieces, each at its place.
struct layout {
    column_header header;
    std::vector<std::string> words;
    std::string header_bytes;
    std::uint64_t total = 0;
};

layout layout_of(const table& t) {
    layout out;
    out.header.rows = static_cast<std::int64_t>(t.rows());
    out.header.source = t.source();
    for (const column& c : t.columns()) {
        column_entry one;
        one.name = c.name;
        one.unit = c.unit;
        one.kind = c.kind;
        one.width = c.width;
        one.scale = c.scale;
        one.base = std::to_string(c.base);
        one.missing = static_cast<std::int64_t>(c.missing);
        one.cells_hash = to_hex(sha256(cells_as_bytes(c)));
        out.words.push_back(c.kind == column_kind::words ? packed_words(*c.words) : "");
        one.words = c.kind == column_kind::words ? static_cast<std::int64_t>(c.words->size()) : 0;
        one.words_bytes = static_cast<std::int64_t>(out.words.back().size());
        one.words_hash = to_hex(sha256(out.words.back()));
        out.header.columns.push_back(std::move(one));
    }
    // The places stand in the header, whose length depends on their digits: again until it rests.
    for (std::uint64_t before = 0;;) {
        out.header_bytes = to_json(out.header);
        std::uint64_t at = aligned(preamble + out.header_bytes.size());
        for (std::size_t i = 0; i < out.words.size(); ++i) {
            column_entry& one = out.header.columns[i];
            one.cells_at = static_cast<std::int64_t>(at);
            at = aligned(at + cells_as_bytes(t.columns()[i]).size());
            one.words_at = static_cast<std::int64_t>(at);
            at = aligned(at + out.words[i].size());
        }
        out.total = at;
        const std::string settled = to_json(out.header);
        if (settled.size() == out.header_bytes.size() && before == settled.size()) {
            out.header_bytes = settled;
            return out;
        }
        before = settled.size();
    }
}

/// A file under another name until it is whole.
class new_file {
  public:
    explicit new_file(const std::filesystem::path& file)
        : file_(file), part_(file.string() + ".part") {
        fd_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        good_ = fd_ >= 0;
        error_ = errno;
    }
    new_file(const new_file&) = delete;
    new_file& operator=(const new_file&) = delete;
    ~new_file() {
        if (fd_ >= 0) ::close(fd_);
        if (fd_ >= 0 && !whole_) ::unlink(part_.c_str());
    }

    void put(std::string_view bytes) {
        at_ += bytes.size();
        while (good_ && !bytes.empty()) {
            const auto written = ::write(fd_, bytes.data(), bytes.size());
            note(written > 0);
            if (good_) bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void pad() {
        const std::string zeros(aligned(at_) - at_, '\0');
        put(zeros);
    }
    result<void> finish(bool replace) {
        if (good_) note(::fsync(fd_) == 0);
        if (good_ && !replace) note(::link(part_.c_str(), file_.c_str()) == 0);
        if (good_ && replace) note(::rename(part_.c_str(), file_.c_str()) == 0);
        whole_ = good_ && replace;
        if (good_) return {};
        return refuse(refusals::file_unwritable, "file", file_.string(), std::strerror(error_));
    }

  private:
    void note(bool good) {
        if (good_ && !good) error_ = errno;
        good_ = good_ && good;
    }
    std::filesystem::path file_, part_;
    int fd_ = -1, error_ = 0;
    bool good_ = true, whole_ = false;
    std::uint64_t at_ = 0;
};

/// Reads the pieces of a file, and says what is wrong with it.
class column_opener {
  public:
    column_opener(std::string_view bytes, std::shared_ptr<const void> holder, column_check check)
        : bytes_(bytes), holder_(std::move(holder)), check_(check) {}

    std::optional<table> open() {
        const auto header = read_header();
        if (!header) return std::nullopt;
        std::vector<column> columns;
        for (const column_entry& one : header->columns) {
            auto made = column_of(one, static_cast<std::uint64_t>(header->rows));
            if (!made) return std::nullopt;
            columns.push_back(*std::move(made));
        }
        auto made = table::of(std::move(columns), header->source);
        if (!made) return fail(made.error().sentence());
        return *std::move(made);
    }
    std::string fault;

  private:
    std::nullopt_t fail(std::string why) {
        if (fault.empty()) fault = std::move(why);
        return std::nullopt;
    }

    std::optional<column_header> read_header() {
        if (!is_column_file(bytes_) || bytes_.size() < preamble)
            return fail("it does not begin like one");
        if (number_at<std::uint32_t>(bytes_, 8) != version)
            return fail("it has a version that is not known here");
        const auto size = number_at<std::uint64_t>(bytes_, 16);
        if (number_at<std::uint64_t>(bytes_, 24) != bytes_.size() ||
            size > bytes_.size() - preamble)
            return fail("it is cut off");
        const std::string_view text = bytes_.substr(preamble, size);
        if (as_bytes(sha256(text)) != bytes_.substr(32, 32))
            return fail("the checksum of its header does not hold");
        auto header = from_json<column_header>(text);
        if (!header) return fail("its header is unsound");
        if (header->rows < 0 || header->rows > std::numeric_limits<std::int32_t>::max())
            return fail("its number of rows is unsound");
        return *std::move(header);
    }

    std::optional<std::string_view> piece(std::int64_t at, std::uint64_t size,
                                          const std::string& hash) {
        const auto from = static_cast<std::uint64_t>(at);
        if (at < 0 || from % alignment != 0 || from > bytes_.size() || size > most_bytes ||
            size > bytes_.size() - from)
            return fail("a piece lies outside of it");
        const std::string_view out = bytes_.substr(from, size);
        if (check_ == column_check::whole && to_hex(sha256(out)) != hash)
            return fail("the checksum of a piece does not hold");
        return out;
    }

    std::optional<column> column_of(const column_entry& from, std::uint64_t rows) {
        column out;
        out.name = from.name;
        out.unit = from.unit;
        out.kind = from.kind;
        out.rows = rows;
        const bool known_width = from.kind == column_kind::real
                                     ? from.width == 8
                                     : from.width == 0 || from.width == 1 || from.width == 2 ||
                                           from.width == 4 || from.width == 8;
        const char* const end = from.base.data() + from.base.size();
        const auto base = std::from_chars(from.base.data(), end, out.base);
        const std::int64_t limit = powers_of_ten[most_digits];
        if (!known_width || from.scale < 0 || from.scale > most_digits || from.missing < 0 ||
            from.missing > static_cast<std::int64_t>(rows) || base.ec != std::errc{} ||
            base.ptr != end || out.base < -limit || out.base > limit)
            return fail("the column " + from.name + " is unsound");
        out.width = static_cast<std::uint8_t>(from.width);
        out.scale = static_cast<std::uint8_t>(from.scale);
        out.missing = static_cast<std::uint64_t>(from.missing);
        const auto cells = piece(from.cells_at, rows * out.width, from.cells_hash);
        if (!cells) return std::nullopt;
        out.cells = reinterpret_cast<const std::byte*>(cells->data());
        out.holder = holder_;
        if (out.kind == column_kind::words) {
            out.words = words_of(from);
            if (!out.words) return std::nullopt;
        }
        if (check_ == column_check::whole && !cells_sound(out))
            return fail("the column " + from.name + " holds a cell that cannot be");
        return out;
    }

    std::shared_ptr<const std::vector<std::string>> words_of(const column_entry& from) {
        const auto bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(from.words_bytes, 0));
        const auto text = piece(from.words_at, bytes, from.words_hash);
        if (!text) return nullptr;
        const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(from.words, 0));
        const std::uint64_t head = (count + 1) * 8;
        auto out = std::make_shared<std::vector<std::string>>();
        bool sound = from.words >= 0 && count <= text->size() / 8 && head <= text->size() &&
                     number_at<std::uint64_t>(*text, 0) == 0;
        for (std::uint64_t i = 0, begin = 0; sound && i < count; ++i) {
            const auto end = number_at<std::uint64_t>(*text, (i + 1) * 8);
            sound = end >= begin && end <= text->size() - head;
            if (!sound) break;
            out->emplace_back(text->substr(head + begin, end - begin));
            sound = text::is_utf8(out->back()) &&
                    (out->size() < 2 || (*out)[out->size() - 2] < out->back());
            begin = end;
        }
        if (sound) return out;
        (void)fail("its words are unsound");
        return nullptr;
    }

    /// Codes name words; sums of base and cell stay within 18 digits and one.
    static bool cells_sound(const column& c) {
        const bool all_missing = c.missing == c.rows;
        if (c.kind == column_kind::real || all_missing) return true;
        if (c.width == 0) return c.kind == column_kind::exact || !c.words->empty();
        const std::uint64_t limit =
            c.kind == column_kind::words
                ? c.words->size()
                : static_cast<std::uint64_t>(2 * powers_of_ten[most_digits]);
        if (c.kind == column_kind::exact && c.width < 8) return true;
        return with_cells(c, [&]<class Cell>(const Cell* cells) {
            return std::all_of(cells, cells + c.rows, [&](Cell one) {
                return one < limit || (c.missing > 0 && one == std::numeric_limits<Cell>::max());
            });
        });
    }

    std::string_view bytes_;
    std::shared_ptr<const void> holder_;
    column_check check_;
};

}  // namespace

bool is_column_file(std::string_view bytes) {
    return bytes.starts_with(magic);
}

result<void> write_columns(const std::filesystem::path& file, const table& t, bool replace) {
    const layout made = layout_of(t);
    new_file out(file);
    out.put(preamble_for(made.header_bytes, made.total));
    out.put(made.header_bytes);
    out.pad();
    for (std::size_t i = 0; i < made.words.size(); ++i) {
        out.put(cells_as_bytes(t.columns()[i]));
        out.pad();
        out.put(made.words[i]);
        out.pad();
    }
    return out.finish(replace);
}

result<table> columns_from(std::string_view bytes, std::shared_ptr<const void> holder,
                           const std::string& name, column_check check) {
    column_opener opener(bytes, std::move(holder), check);
    auto made = opener.open();
    if (!made) return refuse(refusals::file_malformed, "file", name, opener.fault);
    return *std::move(made);
}

result<table> open_columns(const std::filesystem::path& file, column_check check) {
    auto mapped = std::make_shared<mapped_file>(VECHE_TRY(mapped_file::open(file)));
    const std::string_view bytes = mapped->bytes();
    return columns_from(bytes, std::move(mapped), file.filename().string(), check);
}

}  // namespace veche::tables
