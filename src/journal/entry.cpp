#include "journal/entry.hpp"

#include <algorithm>
#include <charconv>

#include "journal/refusal.hpp"
#include "journal/signed_note.hpp"
#include "kernel/check.hpp"
#include "kernel/json.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view before_at = R"({"at":")";
constexpr std::string_view before_seq = R"(","seq":)";
constexpr std::size_t time_size = 24;
// The shortest admission line: one digit and the brace.
constexpr std::size_t shortest_admission = before_at.size() + time_size + before_seq.size() + 2;

tl::unexpected<refusal> malformed_entry(std::string why) {
    return refuse(refusals::entry_malformed, {}, std::move(why));
}

/// The admission line, without a JSON parser: it has exactly one spelling.
result<void> read_admission(std::string_view line, entry_view& into) {
    const std::size_t at = before_at.size();
    if (!line.starts_with(before_at) ||
        line.substr(at + time_size, before_seq.size()) != before_seq || !line.ends_with('}'))
        return malformed_entry("the first line is not {\"at\":...,\"seq\":...}");
    const auto time = parse_instant(line.substr(at, time_size));
    if (!time) return malformed_entry("the time of admission does not exist");
    std::string_view digits = line.substr(at + time_size + before_seq.size());
    digits.remove_suffix(1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), into.seq);
    const bool whole = error == std::errc{} && end == digits.data() + digits.size();
    if (!whole || (digits.size() > 1 && digits.front() == '0') ||
        into.seq > static_cast<std::uint64_t>(json::max_integer))
        return malformed_entry("the number is not a whole number");
    into.at = *time;
    return {};
}

bool are_signature_lines(std::string_view block) {
    if (block.empty() || block.back() != '\n') return false;
    for (std::size_t begin = 0; begin < block.size();) {
        const std::size_t end = block.find('\n', begin);
        if (!is_signature_line(block.substr(begin, end - begin))) return false;
        begin = end + 1;
    }
    return true;
}

}  // namespace

result<entry_view> parse_entry(std::string_view bytes) {
    entry_view view;
    if (bytes.size() > max_entry_bytes) return malformed_entry("it is longer than 65535 bytes");
    const std::size_t first = bytes.find('\n');
    if (first == std::string_view::npos || first < shortest_admission)
        return malformed_entry("the first line is missing");
    VECHE_CHECK(read_admission(bytes.substr(0, first), view));
    const std::size_t second = bytes.find('\n', first + 1);
    if (second == std::string_view::npos) return malformed_entry("the second line does not end");
    view.event_line = bytes.substr(first + 1, second - first - 1);
    if (second + 1 == bytes.size()) return view;
    if (bytes[second + 1] != '\n')
        return malformed_entry("an empty line must stand before signatures");
    view.signature_block = bytes.substr(second + 2);
    if (!are_signature_lines(view.signature_block))
        return malformed_entry("a signature line is not one");
    return view;
}

std::string compose_entry(std::uint64_t seq, instant at, std::string_view event_line,
                          const std::vector<std::string>& signatures) {
    std::string out;
    out.reserve(event_line.size() + 64);
    out += before_at;
    out += to_text(at);
    out += before_seq;
    out += std::to_string(seq);
    out += "}\n";
    out += event_line;
    out += '\n';
    if (!signatures.empty()) out += '\n';
    for (const std::string& line : signatures) {
        out += line;
        out += '\n';
    }
    VECHE_ENSURE(out.size() <= max_entry_bytes, "the length of an entry was checked before");
    return out;
}

std::vector<std::string> signature_lines(std::string_view block) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < block.size();) {
        const std::size_t end = std::min(block.find('\n', begin), block.size());
        lines.emplace_back(block.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

}  // namespace veche::journal
