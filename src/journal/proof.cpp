#include "journal/proof.hpp"

#include <charconv>

#include "journal/refusal.hpp"
#include "journal/tree.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view index_word = "index ";
constexpr std::string_view extra_word = "extra ";

tl::unexpected<refusal> malformed_proof(std::string why) {
    return refuse(refusals::proof_malformed, {}, std::move(why));
}

/// Takes one line off the front; an unfinished last line is taken as it is.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return line;
}

}  // namespace

std::string write_proof_file(const proof_file& p) {
    std::string out(first_line);
    out += '\n';
    out += index_word;
    out += std::to_string(p.index) + "\n";
    for (const hash256& h : p.hashes) out += to_base64(as_bytes(h)) + "\n";
    return out + "\n" + p.checkpoint;
}

result<proof_file> read_proof_file(std::string_view text) {
    if (take_line(text) != first_line) return malformed_proof("it does not begin as one");
    std::string_view line = take_line(text);
    if (line.starts_with(extra_word)) {
        if (!from_base64(line.substr(extra_word.size())))
            return malformed_proof("its extra data is not base64");
        line = take_line(text);
    }
    if (!line.starts_with(index_word)) return malformed_proof("its index is missing");
    const std::string_view digits = line.substr(index_word.size());
    proof_file p;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), p.index);
    if (error != std::errc{} || end != digits.data() + digits.size() ||
        (digits.size() > 1 && digits.front() == '0'))
        return malformed_proof("its index is not a whole number");
    for (line = take_line(text); !line.empty(); line = take_line(text)) {
        const auto hash = from_base64(line);
        if (!hash || hash->size() != 32) return malformed_proof("a hash is not 32 bytes in base64");
        std::copy_n(hash->begin(), 32, reinterpret_cast<char*>(p.hashes.emplace_back().data()));
        // A tree of 2^64 entries has no longer path.
        if (p.hashes.size() > 64) return malformed_proof("it has too many hashes");
    }
    p.checkpoint = text;
    return p;
}

result<checkpoint> verify_proof_file(std::string_view text, std::string_view entry,
                                     std::string_view vkey) {
    const proof_file p = VECHE_TRY(read_proof_file(text));
    checkpoint c = VECHE_TRY(verify_checkpoint(p.checkpoint, vkey));
    VECHE_CHECK(verify_inclusion(leaf_hash(entry), p.index, c.size, p.hashes, c.root));
    return c;
}

}  // namespace veche::journal
