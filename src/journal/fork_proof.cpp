#include "journal/fork_proof.hpp"

#include <algorithm>

#include "journal/refusal.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view fork_first_line = "veche/fork-proof/v1\n";
constexpr std::string_view root_word = "root ";
constexpr std::string_view signature_mark = "\xE2\x80\x94 ";

tl::unexpected<refusal> unproven(std::string why) {
    return refuse(refusals::fork_unproven, {}, std::move(why));
}

std::optional<hash256> fork_hash(std::string_view base64) {
    const auto bytes = from_base64(base64);
    if (!bytes || bytes->size() != 32) return std::nullopt;
    return hash_at(*bytes, 0);
}

/// Takes a whole note off the front: its text, an empty line, lines of signatures.
std::optional<std::string> take_note(std::string_view& text) {
    std::size_t end = text.find("\n\n");
    if (end == std::string_view::npos) return std::nullopt;
    end += 2;
    while (text.substr(end).starts_with(signature_mark)) {
        const std::size_t newline = text.find('\n', end);
        if (newline == std::string_view::npos) return std::nullopt;
        end = newline + 1;
    }
    std::string note(text.substr(0, end));
    text.remove_prefix(end);
    return note;
}

}  // namespace

result<fork_proof> prove_fork(std::string_view vkey, const std::string& a, const std::string& b,
                              const subtree_reader& longer_tree) {
    const checkpoint first = VECHE_TRY(verify_checkpoint(a, vkey));
    const checkpoint second = VECHE_TRY(verify_checkpoint(b, vkey));
    const bool in_order = first.size <= second.size;
    const checkpoint& shorter = in_order ? first : second;
    const checkpoint& longer = in_order ? second : first;
    fork_proof made{in_order ? a : b, in_order ? b : a, {}, {}};
    if (shorter.size < longer.size && shorter.size > 0) {
        if (!longer_tree) return unproven("the longer history is needed to compare them");
        made.root = VECHE_TRY(range_root(longer_tree, 0, shorter.size));
        made.hashes = VECHE_TRY(consistency_proof(longer_tree, shorter.size, longer.size));
    }
    VECHE_CHECK(check_fork_proof(made, vkey));
    return made;
}

std::string write_fork_proof(const fork_proof& p) {
    std::string out(fork_first_line);
    if (p.root) out += std::string(root_word) + to_base64(as_bytes(*p.root)) + "\n";
    for (const hash256& h : p.hashes) out += to_base64(as_bytes(h)) + "\n";
    return out + "\n" + p.shorter + "\n" + p.longer;
}

result<fork_proof> read_fork_proof(std::string_view text) {
    if (!text.starts_with(fork_first_line)) return unproven("it does not begin as such a file");
    text.remove_prefix(fork_first_line.size());
    fork_proof p;
    for (bool first = true;; first = false) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return unproven("its checkpoints are missing");
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line.empty()) break;
        const bool is_root = first && line.starts_with(root_word);
        if (is_root) line.remove_prefix(root_word.size());
        const auto hash = fork_hash(line);
        if (!hash || p.hashes.size() > 64) return unproven("a hash is not 32 bytes in base64");
        if (is_root)
            p.root = *hash;
        else
            p.hashes.push_back(*hash);
    }
    auto shorter = take_note(text);
    if (!shorter || !text.starts_with('\n')) return unproven("its first checkpoint is cut");
    text.remove_prefix(1);
    p.shorter = *std::move(shorter);
    p.longer = text;
    return p;
}

result<proven_fork> check_fork_proof(const fork_proof& p, std::string_view vkey) {
    proven_fork out;
    out.shorter = VECHE_TRY(verify_checkpoint(p.shorter, vkey));
    out.longer = VECHE_TRY(verify_checkpoint(p.longer, vkey));
    if (out.shorter.size > out.longer.size) return unproven("the longer checkpoint comes second");
    if (out.shorter.size == out.longer.size) {
        if (p.root || !p.hashes.empty()) return unproven("it has hashes that nothing asks for");
        if (out.shorter.root == out.longer.root)
            return unproven("both checkpoints are of one history");
        return out;
    }
    if (out.shorter.size == 0) {
        // Nothing but the empty tree has no entries.
        if (out.shorter.root == sha256("")) return unproven("every history extends the empty one");
        return out;
    }
    if (!p.root) return unproven("what the longer history had at that size is not said");
    if (*p.root == out.shorter.root) return unproven("both checkpoints are of one history");
    if (!verify_consistency(out.shorter.size, *p.root, out.longer.size, out.longer.root, p.hashes))
        return unproven("the longer history did not have that root");
    return out;
}

}  // namespace veche::journal
