#include "kernel/value_bytes.hpp"

namespace veche {

void byte_writer::put_byte(std::uint8_t byte) {
    held_ += static_cast<char>(byte);
    if (held_.size() >= enough) end();
}

void byte_writer::put_number(std::uint64_t n) {
    while (n >= 0x80) {
        put_byte(static_cast<std::uint8_t>(n | 0x80));
        n >>= 7;
    }
    put_byte(static_cast<std::uint8_t>(n));
}

void byte_writer::put_signed(std::int64_t n) {
    put_number((static_cast<std::uint64_t>(n) << 1) ^ static_cast<std::uint64_t>(n >> 63));
}

void byte_writer::put_text(std::string_view text) {
    put_number(text.size());
    held_ += text;
    if (held_.size() >= enough) end();
}

std::uint8_t byte_reader::get_byte() {
    if (rest_.empty()) {
        bad_ = true;
        return 0;
    }
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
}

std::uint64_t byte_reader::get_number() {
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t byte = get_byte();
        n |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0) return n;
    }
    bad_ = true;
    return 0;
}

std::int64_t byte_reader::get_signed() {
    const std::uint64_t n = get_number();
    return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1);
}

std::size_t byte_reader::get_count() {
    const std::uint64_t n = get_number();
    if (n > rest_.size()) bad_ = true;
    return bad_ ? 0 : static_cast<std::size_t>(n);
}

std::string_view byte_reader::get_bytes(std::size_t count) {
    if (count > rest_.size()) bad_ = true;
    if (bad_) return {};
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
}

void byte_reader::get_text(std::string& text) {
    text = get_bytes(get_count());
}

}  // namespace veche
