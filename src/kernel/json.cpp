#include "kernel/json.hpp"

#include <algorithm>
#include <cstring>

#include "kernel/check.hpp"
#include "kernel/text.hpp"

namespace veche::json {

// Reads canonical bytes into cells, in one pass; any departure from the form stops it.
class canonical_reader {
  public:
    canonical_reader(document& doc, std::string_view bytes) : doc_(doc), bytes_(bytes) {}

    bool run() {
        if (!value(0)) return false;
        return at_ == bytes_.size() || fail("bytes after the value");
    }
    [[nodiscard]] std::size_t where() const { return at_; }
    [[nodiscard]] const char* why() const { return why_; }

  private:
    using cell = document::cell;

    bool fail(const char* why) {
        why_ = why;
        return false;
    }
    [[nodiscard]] char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
    bool literal(std::string_view word) {
        if (bytes_.substr(at_, word.size()) != word) return fail("not a value");
        at_ += word.size();
        return true;
    }

    std::uint32_t open(kind k) {
        const auto index = static_cast<std::uint32_t>(doc_.tape_.size());
        doc_.tape_.push_back({k, false, static_cast<std::uint32_t>(at_), 0, 0, 0, 0, 0});
        return index;
    }
    void close(std::uint32_t index, std::int64_t payload) {
        cell& c = doc_.tape_[index];
        c.end = static_cast<std::uint32_t>(at_);
        c.next = static_cast<std::uint32_t>(doc_.tape_.size());
        c.payload = payload;
    }

    bool value(int depth) {
        if (depth > max_depth) return fail("nested too deep");
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string_value();
            case 't':
                return boolean("true", 1);
            case 'f':
                return boolean("false", 0);
            case 'n': {
                const auto index = open(kind::null);
                if (!literal("null")) return false;
                close(index, 0);
                return true;
            }
            default:
                return integer();
        }
    }

    bool boolean(std::string_view word, std::int64_t payload) {
        const auto index = open(kind::boolean);
        if (!literal(word)) return false;
        close(index, payload);
        return true;
    }

    bool integer() {
        const auto index = open(kind::integer);
        const bool negative = peek() == '-';
        if (negative) ++at_;
        const std::size_t first = at_;
        std::int64_t v = 0;
        while (peek() >= '0' && peek() <= '9') {
            v = v * 10 + (bytes_[at_] - '0');
            ++at_;
            if (at_ - first > 16) return fail("a number beyond 2^53-1");
        }
        if (at_ == first) return fail("not a value");
        if (bytes_[first] == '0' && (at_ - first > 1 || negative))
            return fail("a number with a leading zero");
        if (v > max_integer) return fail("a number beyond 2^53-1");
        const char after = peek();
        if (after == '.' || after == 'e' || after == 'E')
            return fail("a number that is not an integer");
        close(index, negative ? -v : v);
        return true;
    }

    // A string's contents; leaves its extent in the cell, decoded only where it has escapes.
    bool string_value() {
        const auto index = open(kind::string);
        const std::size_t decoded_at = doc_.decoded_.size();
        ++at_;
        std::size_t run = at_;
        bool escaped = false;
        for (;;) {
            const std::size_t stop = plain_run(at_);
            at_ = stop;
            if (at_ >= bytes_.size()) return fail("a string without its closing quote");
            const char c = bytes_[at_];
            if (c == '"') break;
            if (c != '\\') return fail("a control character or malformed UTF-8");
            doc_.decoded_.append(bytes_.substr(run, at_ - run));
            if (!escape()) return false;
            escaped = true;
            run = at_;
        }
        if (escaped) doc_.decoded_.append(bytes_.substr(run, at_ - run));
        ++at_;
        close(index,
              static_cast<std::int64_t>(decoded_at << 32 | (doc_.decoded_.size() - decoded_at)));
        doc_.tape_[index].escaped = escaped;
        return true;
    }

    // First byte at or after `from` that is a quote, a backslash, a control or malformed UTF-8.
    [[nodiscard]] std::size_t plain_run(std::size_t from) const {
        const char* const bytes = bytes_.data();
        const std::size_t end = bytes_.size();
        std::size_t i = from;
        for (;;) {
            while (i < end && text::is_plain(bytes[i])) ++i;
            if (i == end || static_cast<unsigned char>(bytes[i]) < 0x80) return i;
            const std::size_t width = text::utf8_width_at(bytes_, i);
            if (width == 0) return i;
            i += width;
        }
    }

    // RFC 8785 allows exactly \" \\ \b \t \n \f \r and \u00xx (lower case) for the other controls.
    bool escape() {
        const char c = at_ + 1 < bytes_.size() ? bytes_[at_ + 1] : '\0';
        constexpr std::string_view names = "\"\\btnfr";
        constexpr std::string_view meanings = "\"\\\b\t\n\f\r";
        if (const auto n = names.find(c); c != '\0' && n != std::string_view::npos) {
            doc_.decoded_ += meanings[n];
            at_ += 2;
            return true;
        }
        const std::string_view code = bytes_.substr(at_, 6);
        if (code.size() == 6 && code.substr(0, 4) == "\\u00" &&
            (code[4] == '0' || code[4] == '1')) {
            constexpr std::string_view hex = "0123456789abcdef";
            const auto low = hex.find(code[5]);
            if (low != std::string_view::npos) {
                const char decoded =
                    static_cast<char>((code[4] - '0') * 16 + static_cast<int>(low));
                if (meanings.find(decoded) == std::string_view::npos) {
                    doc_.decoded_ += decoded;
                    at_ += 6;
                    return true;
                }
            }
        }
        return fail("an escape that canonical form does not use");
    }

    bool array(int depth) {
        const auto index = open(kind::array);
        ++at_;
        std::int64_t count = 0;
        if (peek() != ']') {
            for (;;) {
                if (!value(depth + 1)) return false;
                ++count;
                if (peek() != ',') break;
                ++at_;
            }
        }
        if (peek() != ']') return fail("a list without its end");
        ++at_;
        close(index, count);
        return true;
    }

    bool object(int depth) {
        const auto index = open(kind::object);
        ++at_;
        std::int64_t count = 0;
        std::string_view last;
        if (peek() != '}') {
            for (;;) {
                std::string_view name;
                if (!key(name)) return false;
                if (count > 0 && name <= last) return fail("keys out of order or repeated");
                last = name;
                const auto child = doc_.tape_.size();
                if (!value(depth + 1)) return false;
                doc_.tape_[child].key_begin =
                    static_cast<std::uint32_t>(name.data() - bytes_.data());
                doc_.tape_[child].key_size = static_cast<std::uint32_t>(name.size());
                ++count;
                if (peek() != ',') break;
                ++at_;
            }
        }
        if (peek() != '}') return fail("an object without its end");
        ++at_;
        close(index, count);
        return true;
    }

    bool key(std::string_view& name) {
        if (peek() != '"') return fail("a member without a name");
        const std::size_t first = ++at_;
        while (text::is_key_character(peek())) ++at_;
        if (peek() != '"' || at_ == first) return fail("a key outside [a-z0-9_]");
        name = bytes_.substr(first, at_ - first);
        ++at_;
        if (peek() != ':') return fail("a member without a colon");
        ++at_;
        return true;
    }

    document& doc_;
    std::string_view bytes_;
    std::size_t at_ = 0;
    const char* why_ = "not a value";
};

result<void> document::reset(std::string_view canonical) {
    bytes_ = canonical;
    tape_.clear();
    decoded_.clear();
    if (canonical.size() > std::size_t{1} << 30)
        return refuse(refusals::not_canonical, {}, "0", "more than a gibibyte");
    canonical_reader reader(*this, canonical);
    if (reader.run()) return {};
    return refuse(refusals::not_canonical, {}, std::to_string(reader.where()), reader.why());
}

void writer::separate() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
}
void writer::begin_object() {
    separate();
    out_ += '{';
    fresh_ = true;
    keys_.emplace_back();
}
void writer::end_object() {
    out_ += '}';
    fresh_ = false;
    keys_.pop_back();
}
void writer::begin_array() {
    separate();
    out_ += '[';
    fresh_ = true;
}
void writer::end_array() {
    out_ += ']';
    fresh_ = false;
}
void writer::key(std::string_view name) {
    VECHE_ENSURE(!keys_.empty(), "a key stands in an object");
    key_place& last = keys_.back();
    VECHE_ENSURE(std::string_view(out_).substr(last.begin, last.size) < name,
                 "keys are written in ascending order");
    separate();
    out_ += '"';
    last = {out_.size(), name.size()};
    out_ += name;
    out_ += "\":";
    fresh_ = true;
}
void writer::string(std::string_view value) {
    separate();
    text::append_quoted(out_, value);
}
void writer::integer(std::int64_t value) {
    VECHE_ENSURE(value >= -max_integer && value <= max_integer, "an integer fits 53 bits");
    separate();
    out_ += std::to_string(value);
}
void writer::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
}
void writer::null() {
    separate();
    out_ += "null";
}
void writer::raw(std::string_view canonical) {
    separate();
    out_ += canonical;
}

std::string quoted(std::string_view value) {
    std::string out;
    text::append_quoted(out, value);
    return out;
}

}  // namespace veche::json
