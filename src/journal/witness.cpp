#include "journal/witness.hpp"

#include <algorithm>
#include <charconv>

#include "journal/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::journal {
namespace {

constexpr std::size_t most_proof_hashes = 63;

tl::unexpected<refusal> malformed_request(std::string why) {
    return refuse(refusals::request_malformed, {}, std::move(why));
}

/// ASCII decimal without leading zeroes.
std::optional<std::uint64_t> tree_size(std::string_view digits) {
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (error != std::errc{} || end != digits.data() + digits.size() ||
        (digits.size() > 1 && digits.front() == '0'))
        return std::nullopt;
    // Signed positions in the databases that keep it.
    if (size > std::uint64_t{1} << 62) return std::nullopt;
    return size;
}

/// Takes a line off the front; nothing where it does not end.
std::optional<std::string_view> whole_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

/// Lines of a note that were checked or made here.
std::string lines_of(const note& n, const std::vector<verifier_key>& by) {
    std::string out;
    for (const std::string_view line : n.signatures)
        if (std::any_of(by.begin(), by.end(), [&](const verifier_key& k) {
                return verify_line(line, k.name, k.public_key, n.text);
            }))
            out += std::string(line) + "\n";
    return out;
}

/// Rules of the checkpoint alone, then against what is known; the order is the specification's.
result<void> check_growth(const witnessed_log& known, const checkpoint_request& asked,
                          const checkpoint& c) {
    if (asked.old_size > c.size) return malformed_request("the old size is above the new one");
    if (asked.old_size != known.size)
        return refuse(refusals::witness_conflict, {}, std::to_string(known.size));
    if (c.size == 0 && c.root != sha256(""))
        return refuse(refusals::proof_wrong, {}, "the empty tree has one root only");
    if (asked.old_size == 0) {
        if (!asked.proof.empty())
            return refuse(refusals::proof_wrong, {},
                          "every tree extends the empty one, there is nothing to prove");
        return {};
    }
    return verify_consistency(known.size, known.root, c.size, c.root, asked.proof);
}

int status_of(const refusal& why) {
    if (why.kind == &refusals::request_malformed) return 400;
    if (why.kind == &refusals::log_unknown) return 404;
    if (why.kind == &refusals::signature_missing || why.kind == &refusals::signature_wrong)
        return 403;
    if (why.kind == &refusals::witness_conflict) return 409;
    if (why.kind == &refusals::proof_wrong) return 422;
    return 503;
}

}  // namespace

result<checkpoint_request> read_checkpoint_request(std::string_view body) {
    constexpr std::string_view old_word = "old ";
    const auto first = whole_line(body);
    if (!first || !first->starts_with(old_word))
        return malformed_request("it does not begin with the old size");
    const auto old_size = tree_size(first->substr(old_word.size()));
    if (!old_size) return malformed_request("the old size is not a whole number");
    checkpoint_request out{*old_size, {}, {}};
    for (;;) {
        const auto line = whole_line(body);
        if (!line) return malformed_request("the empty line before the checkpoint is missing");
        if (line->empty()) break;
        const auto hash = from_base64(*line);
        if (!hash || hash->size() != 32)
            return malformed_request("a hash is not 32 bytes in base64");
        if (out.proof.size() == most_proof_hashes)
            return malformed_request("it has more than 63 hashes");
        out.proof.push_back(hash_at(*hash, 0));
    }
    out.note = body;
    const auto split = split_note(out.note);
    if (!split) return malformed_request("its checkpoint is none: " + split.error().args.front());
    const auto c = parse_foreign_checkpoint(split->text);
    if (!c) return malformed_request("its checkpoint is none: " + c.error().args.front());
    return out;
}

std::string write_checkpoint_request(const checkpoint_request& r) {
    std::string out = "old " + std::to_string(r.old_size) + "\n";
    for (const hash256& h : r.proof) out += to_base64(as_bytes(h)) + "\n";
    return out + "\n" + r.note;
}

result<checkpoint> parse_foreign_checkpoint(std::string_view text) {
    const auto wrong = [](std::string why) {
        return refuse(refusals::checkpoint_malformed, {}, std::move(why));
    };
    const auto origin = whole_line(text);
    const auto digits = origin ? whole_line(text) : std::nullopt;
    const auto base64 = digits ? whole_line(text) : std::nullopt;
    if (!base64) return wrong("it does not have the lines origin, size, root");
    // An actor's note begins with "{": one key never signs for the other use.
    if (origin->empty() || origin->front() == '{') return wrong("its origin is not a name");
    const auto size = tree_size(*digits);
    if (!size) return wrong("its size is not a whole number");
    const auto root = from_base64(*base64);
    if (!root || root->size() != 32) return wrong("its root is not 32 bytes in base64");
    while (!text.empty())
        if (const auto extension = whole_line(text); !extension || extension->empty())
            return wrong("an extension line is empty");
    return checkpoint{std::string(*origin), *size, hash_at(*root, 0)};
}

witness::witness(std::string name, key_pair key, witness_record& record)
    : name_(std::move(name)), key_(std::move(key)), record_(record) {
    VECHE_ENSURE(is_key_name(name_), "a witness has a key name");
}

std::string witness::vkey() const {
    return format_witness_key({name_, key_.public_key});
}

std::string witness::address_of(std::string_view origin) {
    return to_hex(sha256(origin));
}

result<std::string> witness::cosign(const checkpoint_request& asked, std::int64_t now) {
    const note n = VECHE_TRY(split_note(asked.note));
    const checkpoint c = VECHE_TRY(parse_foreign_checkpoint(n.text));
    const auto known = VECHE_TRY(record_.find(c.origin));
    if (!known) return refuse(refusals::log_unknown, {}, c.origin);
    VECHE_CHECK(open_note(asked.note, known->keys));
    if (VECHE_TRY(raise(*known, asked.note))) return cosign(asked, now);
    VECHE_CHECK(check_growth(*known, asked, c));
    VECHE_ENSURE(now > 0, "a cosignature carries its time");
    const std::string line = cosignature_line(name_, key_, now, n.text) + "\n";
    witnessed_log grown = *known;
    grown.size = c.size;
    grown.root = c.root;
    grown.note = std::string(n.text) + "\n" + lines_of(n, known->keys) + line;
    grown.time = now;
    // From here on it is remembered, whatever happens. Whoever was overtaken starts over, and is
    // told the size that holds now.
    if (!VECHE_TRY(record_.advance(*known, grown))) return cosign(asked, now);
    return line;
}

witness_reply witness::add_checkpoint(std::string_view body, std::int64_t now) {
    const auto asked = read_checkpoint_request(body);
    auto line = asked ? cosign(*asked, now) : tl::unexpected(asked.error());
    constexpr const char* plain = "text/plain; charset=utf-8";
    if (line) return {200, plain, *std::move(line)};
    const refusal& why = line.error();
    const int status = status_of(why);
    if (status == 409) return {409, std::string(size_media), why.args.front() + "\n"};
    if (status == 422 || why.kind == &refusals::witness_forked) keep_evidence(why, body, now);
    return {status, plain, why.sentence() + "\n"};
}

void witness::keep_evidence(const refusal& why, std::string_view body, std::int64_t now) {
    // The log signed what this witness will not: perhaps two histories. Whether it could be kept
    // changes nothing in the answer.
    if (const auto asked = read_checkpoint_request(body))
        if (const auto n = split_note(asked->note))
            if (const auto c = parse_foreign_checkpoint(n->text))
                (void)record_.keep(
                    {c->origin, std::string(why.code()), asked->note, std::string(body), now});
}

result<bool> witness::raise(std::string_view whole) {
    const note n = VECHE_TRY(split_note(whole));
    const checkpoint c = VECHE_TRY(parse_foreign_checkpoint(n.text));
    const auto known = VECHE_TRY(record_.find(c.origin));
    if (!known) return refuse(refusals::log_unknown, {}, c.origin);
    VECHE_CHECK(open_note(whole, known->keys));
    return raise(*known, whole);
}

result<bool> witness::raise(const witnessed_log& known, std::string_view whole) {
    const verifier_key own{name_, key_.public_key};
    const auto mine = read_cosignatures(whole, {own});
    if (!mine || mine->empty()) return false;  // a bad line under this name says nothing
    const note n = VECHE_TRY(split_note(whole));
    const checkpoint c = VECHE_TRY(parse_foreign_checkpoint(n.text));
    if (c.size < known.size) return false;
    if (c.size == known.size) {
        // Nothing cosigned yet is no root of its own.
        if (c.root == known.root) return false;
        return refuse(refusals::witness_forked, {}, c.origin, std::to_string(c.size));
    }
    std::string own_line;
    for (const std::string_view line : n.signatures)
        if (const auto parts = split_signature_line(line);
            parts->name == name_ && parts->key_id == key_id(name_, key_.public_key, "\x04"))
            own_line = std::string(line) + "\n";
    witnessed_log higher = known;
    higher.size = c.size;
    higher.root = c.root;
    higher.note = std::string(n.text) + "\n" + lines_of(n, known.keys) + own_line;
    higher.time = mine->front().time;
    return record_.advance(known, higher);
}

}  // namespace veche::journal
