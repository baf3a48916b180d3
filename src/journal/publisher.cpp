#include "journal/publisher.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include "journal/proof.hpp"
#include "journal/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::journal {
namespace {

constexpr const char* handovers_path = "handovers";

result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return refuse(refusals::file_unwritable, {}, path.string(), "the disk refused it");
    return {};
}

/// The tree of `size` entries must have grown out of the one signed last.
result<void> check_extends(const store& from, const stored_checkpoint& last, std::uint64_t size) {
    const auto fork = [&](std::string more) {
        return refuse(refusals::fork, {}, std::to_string(last.size), std::to_string(size),
                      std::move(more));
    };
    if (last.size > size) return fork("");
    const auto root = range_root(subtrees_of(from, size), 0, last.size);
    if (!root || *root != last.root) return fork(", with other content");
    return {};
}

/// A node that is never the first to sign knows what the others signed of the tree it has itself.
result<void> remember(const store& from, guard& watch, const stored_checkpoint& last) {
    const stored_checkpoint seen = VECHE_TRY(watch.seen());
    if (seen.size >= last.size) return {};
    VECHE_CHECK(check_extends(from, seen, last.size));
    return watch.saw(last);
}

}  // namespace

publisher::publisher(store& from, guard& watch, std::string origin, key_pair key)
    : store_(from), guard_(watch), origin_(std::move(origin)), key_(std::move(key)) {
    VECHE_ENSURE(is_key_name(origin_) && origin_.front() != '{', "an origin is a key name");
}

result<stored_checkpoint> publisher::signed_last() {
    stored_checkpoint last = VECHE_TRY(guard_.last());
    {
        const std::lock_guard lock(choosing_);
        guard_last_ = last;
    }
    VECHE_CHECK(follow_key());
    return last;
}

result<void> publisher::follow_key() {
    const auto other = guard_.other_key();
    if (!other || *other == vkey()) return {};
    const verifier_key in_force = VECHE_TRY(parse_verifier_key(*other));
    const bool signed_before = !key_.secret_key.empty();
    {
        const std::lock_guard lock(choosing_);
        key_ = {in_force.public_key, {}};
    }
    if (!signed_before) return {};
    untold_ = refusal{&refusals::key_changed, {}, {*other}};
    forbid(*untold_);
    return {};
}

result<checkpoint> publisher::publish() {
    const std::lock_guard lock(publishing_);
    if (auto why = forbidden(); why && why->kind != &refusals::key_changed)
        return tl::unexpected(*std::move(why));
    const head now = store_.current();
    const checkpoint c{origin_, now.next, now.edge.root()};
    const stored_checkpoint last = VECHE_TRY(signed_last());
    if (auto why = std::exchange(untold_, std::nullopt)) return tl::unexpected(*std::move(why));
    if (paused_) return checkpoint{origin_, last.size, last.root};
    const auto stored = store_.latest_checkpoint();
    if (stored && stored->size == c.size && last.size == c.size && last.root == c.root) {
        VECHE_CHECK(remember(store_, guard_, last));
        return c;
    }
    const bool behind = store_.shared() && last.size > c.size;
    if (key_.secret_key.empty() || behind) return checkpoint{origin_, last.size, last.root};
    return sign(c, last);
}

result<checkpoint> publisher::sign(const checkpoint& c, const stored_checkpoint& last) {
    const stored_checkpoint seen = VECHE_TRY(guard_.seen());
    VECHE_CHECK(check_extends(store_, seen, c.size));
    VECHE_CHECK(check_extends(store_, last, c.size));
    VECHE_CHECK(guard_.saw(last));
    const stored_checkpoint signed_now{c.size, c.root, sign_checkpoint(c, key_)};
    if (last.size != c.size) {
        const auto advanced = guard_.advance(last.size, signed_now);
        // Another node was first: it has signed for both.
        if (!advanced && store_.shared() && advanced.error().kind->transient)
            return checkpoint{origin_, last.size, last.root};
        if (!advanced) VECHE_CHECK(follow_key());
        untold_.reset();
        VECHE_CHECK(advanced);
    }
    signed_size_ = c.size;
    const auto stored = store_.latest_checkpoint();
    if (!stored || stored->size != c.size) VECHE_CHECK(store_.put_checkpoint(signed_now));
    return c;
}

bool publisher::signs() const {
    const std::lock_guard lock(choosing_);
    return !key_.secret_key.empty();
}

std::string publisher::vkey() const {
    const std::lock_guard lock(choosing_);
    return format_verifier_key({origin_, key_.public_key});
}

std::optional<stored_checkpoint> publisher::latest() const {
    auto newest = store_.latest_checkpoint();
    // Where a key followed another one at a size that was signed already, only the guard's note
    // has the lines of both.
    const std::lock_guard lock(choosing_);
    if (newest && guard_last_ && !guard_last_->note.empty() && guard_last_->size == newest->size &&
        guard_last_->root == newest->root)
        return guard_last_;
    return newest;
}

void publisher::forbid(refusal why) {
    const std::lock_guard lock(choosing_);
    if (!forbidden_) forbidden_ = std::move(why);
}

std::optional<refusal> publisher::forbidden() const {
    const std::lock_guard lock(choosing_);
    return forbidden_;
}

void publisher::show_by(chooser choose) {
    const std::lock_guard lock(choosing_);
    choose_ = std::move(choose);
}

std::optional<stored_checkpoint> publisher::shown() const {
    auto newest = latest();
    chooser choose;
    {
        const std::lock_guard lock(choosing_);
        choose = choose_;
    }
    if (!newest || !choose) return newest;
    return choose(*std::move(newest));
}

result<bool> publisher::others_signed() {
    const std::lock_guard lock(publishing_);
    const stored_checkpoint last = VECHE_TRY(signed_last());
    const bool news = last.size > signed_size_;
    signed_size_ = std::max(signed_size_, last.size);
    return news;
}

result<std::string> publisher::tile_content(const tile_ref& t) const {
    const std::uint64_t first = t.index * tile_width;
    if (t.entries) {
        std::string bundle;
        VECHE_CHECK(store_.read(first, first + t.width, [&](std::uint64_t, std::string_view bytes) {
            append_to_bundle(bundle, bytes);
            return true;
        }));
        return bundle;
    }
    if (t.width == tile_width) return store_.tile(t.level, t.index);
    if (t.level == 0) return store_.leaves(first, first + t.width);
    // A hash of a level above is the root of a full tile below.
    std::string row;
    const subtree_reader read = subtrees_of(store_, (first + t.width) << (8 * t.level));
    for (std::uint64_t i = first; i < first + t.width; ++i)
        row += as_bytes(VECHE_TRY(read(8 * t.level, i)));
    return row;
}

std::optional<resource> publisher::serve(std::string_view path) const {
    const auto last = store_.latest_checkpoint();
    if (!last) return std::nullopt;
    if (path == "checkpoint")
        return resource{"text/plain; charset=utf-8", "public, max-age=1", shown()->note};
    if (path == handovers_path) {
        std::string text = handovers_ ? handovers_() : std::string();
        if (text.empty()) return std::nullopt;
        return resource{"application/json", "public, max-age=1", std::move(text)};
    }
    const auto t = parse_tile_path(path);
    if (!t || tile_path(*t) != path) return std::nullopt;
    const unsigned shift = t->entries ? 0 : 8 * t->level;
    if (shift >= 64 || t->index > (std::uint64_t{1} << 50)) return std::nullopt;
    const std::uint64_t hashes = last->size >> shift;
    if (t->index * tile_width + t->width > hashes) return std::nullopt;
    if (t->width < tile_width) {
        // Only the widths that a published size asks for: those whose tree has just that many.
        const std::uint64_t end = t->index * tile_width + t->width;
        if (!store_.has_checkpoint(end << shift, (end + 1) << shift)) return std::nullopt;
    }
    auto bytes = tile_content(*t);
    if (!bytes) return std::nullopt;
    return resource{"application/octet-stream", "public, max-age=31536000, immutable",
                    *std::move(bytes)};
}

result<publisher::proof_path> publisher::path_to(std::uint64_t seq) const {
    auto last = shown();
    if (last && seq >= last->size) last = latest();
    if (!last || seq >= last->size)
        return refuse(refusals::file_missing, "seq", "proof of entry " + std::to_string(seq));
    auto hashes = VECHE_TRY(inclusion_proof(subtrees_of(store_, last->size), seq, last->size));
    return proof_path{*std::move(last), std::move(hashes)};
}

result<entry_proof> publisher::proof(std::uint64_t seq) const {
    const proof_path found = VECHE_TRY(path_to(seq));
    const std::string bytes = VECHE_TRY(store_.entry(seq));
    entry_proof p;
    p.index = static_cast<std::int64_t>(seq);
    p.size = static_cast<std::int64_t>(found.to.size);
    p.leaf = to_base64(as_bytes(leaf_hash(bytes)));
    for (const hash256& h : found.hashes) p.hashes.push_back(to_base64(as_bytes(h)));
    p.root = to_base64(as_bytes(found.to.root));
    p.checkpoint = found.to.note;
    p.vkey = vkey();
    p.entry = to_base64(bytes);
    return p;
}

result<std::string> publisher::proof_file(std::uint64_t seq) const {
    proof_path found = VECHE_TRY(path_to(seq));
    return write_proof_file({seq, std::move(found.hashes), std::move(found.to.note)});
}

result<void> publisher::export_to(
    const std::filesystem::path& folder,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress) const {
    const auto last = shown();
    if (!last) return refuse(refusals::file_missing, {}, "checkpoint");
    const auto all = tiles_of(last->size);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string bytes = VECHE_TRY(tile_content(all[i]));
        VECHE_CHECK(write_file(folder / tile_path(all[i]), bytes));
        if (progress) progress(i + 1, all.size());
    }
    VECHE_CHECK(write_file(folder / "vkey", vkey() + "\n"));
    if (const auto changed = serve(handovers_path))
        VECHE_CHECK(write_file(folder / handovers_path, changed->bytes));
    return write_file(folder / "checkpoint", last->note);
}

}  // namespace veche::journal
