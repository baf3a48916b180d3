#include "journal/tree.hpp"

#include <bit>
#include <cstring>

#include "journal/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view leaf_prefix("\x00", 1);
constexpr std::string_view node_prefix("\x01", 1);

/// Largest power of two smaller than n (n > 1).
std::uint64_t split_point(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

tl::unexpected<refusal> proof_fails(std::string why) {
    return refuse(refusals::proof_wrong, {}, std::move(why));
}

}  // namespace

hash256 leaf_hash(std::string_view entry) {
    return sha256({leaf_prefix, entry});
}

hash256 node_hash(const hash256& left, const hash256& right) {
    // In one piece: the hash takes three no faster than their copies take.
    std::array<char, 1 + 2 * sizeof(hash256)> bytes;
    bytes[0] = node_prefix[0];
    std::memcpy(bytes.data() + 1, left.data(), left.size());
    std::memcpy(bytes.data() + 1 + left.size(), right.data(), right.size());
    return sha256(std::string_view(bytes.data(), bytes.size()));
}

hash256 hash_at(std::string_view row, std::size_t index) {
    VECHE_ENSURE(row.size() >= (index + 1) * 32, "the place is in the row");
    hash256 h;
    std::copy_n(row.begin() + static_cast<std::ptrdiff_t>(index * 32), 32,
                reinterpret_cast<char*>(h.data()));
    return h;
}

hash256 row_root(std::string_view row) {
    VECHE_ENSURE(row.size() % 32 == 0 && std::has_single_bit(row.size() / 32),
                 "a full subtree has 2^k hashes");
    frontier f;
    for (std::size_t i = 0; i * 32 < row.size(); ++i) f.append(hash_at(row, i));
    return f.root();
}

std::optional<frontier> frontier::from_bytes(std::uint64_t size, std::string_view hashes) {
    frontier f;
    f.size_ = size;
    const auto count = static_cast<std::size_t>(std::popcount(size));
    if (hashes.size() != count * 32) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) f.edge_.push_back(hash_at(hashes, i));
    return f;
}

std::string frontier::to_bytes() const {
    std::string out;
    for (const hash256& h : edge_) out += as_bytes(h);
    return out;
}

void frontier::append(const hash256& leaf, tile_roots* completed) {
    hash256 h = leaf;
    // Each trailing one bit of the size is a full subtree that the new leaf completes.
    unsigned height = 0;
    for (std::uint64_t n = size_; (n & 1) != 0; n >>= 1) {
        h = node_hash(edge_.back(), h);
        edge_.pop_back();
        if (++height % 8 == 0 && completed != nullptr) completed->push_back(h);
    }
    edge_.push_back(h);
    ++size_;
}

hash256 frontier::root() const {
    if (edge_.empty()) return sha256("");
    hash256 h = edge_.back();
    for (std::size_t i = edge_.size() - 1; i-- > 0;) h = node_hash(edge_[i], h);
    return h;
}

result<hash256> range_root(const subtree_reader& read, std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t n = end - begin;
    if (n == 0) return sha256("");
    const auto level = static_cast<unsigned>(std::countr_zero(n));
    if (std::has_single_bit(n) && begin % n == 0) return read(level, begin >> level);
    const std::uint64_t k = split_point(n);
    const hash256 left = VECHE_TRY(range_root(read, begin, begin + k));
    const hash256 right = VECHE_TRY(range_root(read, begin + k, end));
    return node_hash(left, right);
}

result<std::vector<hash256>> inclusion_proof(const subtree_reader& read, std::uint64_t index,
                                             std::uint64_t size) {
    VECHE_ENSURE(index < size, "the entry is in the tree");
    std::vector<hash256> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> siblings;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split_point(end - begin);
        if (index < middle) {
            siblings.emplace_back(middle, end);
            end = middle;
        } else {
            siblings.emplace_back(begin, middle);
            begin = middle;
        }
    }
    for (auto it = siblings.rbegin(); it != siblings.rend(); ++it)
        proof.push_back(VECHE_TRY(range_root(read, it->first, it->second)));
    return proof;
}

result<std::vector<hash256>> consistency_proof(const subtree_reader& read, std::uint64_t from,
                                               std::uint64_t to) {
    VECHE_ENSURE(from <= to, "a tree grows");
    std::vector<hash256> proof;
    if (from == 0 || from == to) return proof;
    // RFC 6962 SUBPROOF(m, D[begin:end], whole), from the top down; hashes come out bottom up.
    std::uint64_t begin = 0;
    std::uint64_t end = to;
    bool whole = true;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    while (from != end) {
        const std::uint64_t middle = begin + split_point(end - begin);
        if (from <= middle) {
            ranges.emplace_back(middle, end);
            end = middle;
        } else {
            ranges.emplace_back(begin, middle);
            begin = middle;
            whole = false;
        }
    }
    if (!whole) ranges.emplace_back(begin, end);
    for (auto it = ranges.rbegin(); it != ranges.rend(); ++it)
        proof.push_back(VECHE_TRY(range_root(read, it->first, it->second)));
    return proof;
}

result<void> verify_inclusion(const hash256& leaf, std::uint64_t index, std::uint64_t size,
                              const std::vector<hash256>& proof, const hash256& root) {
    if (index >= size) return proof_fails("the entry is beyond the tree");
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    hash256 r = leaf;
    for (const hash256& p : proof) {
        if (sn == 0) return proof_fails("it has too many hashes");
        if ((fn & 1) != 0 || fn == sn) {
            r = node_hash(p, r);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            r = node_hash(r, p);
        }
        fn >>= 1;
        sn >>= 1;
    }
    if (sn != 0) return proof_fails("it has too few hashes");
    if (r != root) return proof_fails("it leads to another root");
    return {};
}

result<void> verify_consistency(std::uint64_t from, const hash256& from_root, std::uint64_t to,
                                const hash256& to_root, const std::vector<hash256>& proof) {
    if (from > to) return proof_fails("the tree would shrink");
    if (from == 0)
        return proof_fails("every tree extends the empty one, there is nothing to prove");
    if (from == to) {
        if (!proof.empty()) return proof_fails("it has too many hashes");
        if (from_root != to_root) return proof_fails("two roots for one size");
        return {};
    }
    if (proof.empty()) return proof_fails("it has too few hashes");
    std::vector<hash256> path = proof;
    if (std::has_single_bit(from)) path.insert(path.begin(), from_root);
    std::uint64_t fn = from - 1;
    std::uint64_t sn = to - 1;
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    hash256 fr = path.front();
    hash256 sr = path.front();
    for (std::size_t i = 1; i < path.size(); ++i) {
        const hash256& c = path[i];
        if (sn == 0) return proof_fails("it has too many hashes");
        if ((fn & 1) != 0 || fn == sn) {
            fr = node_hash(c, fr);
            sr = node_hash(c, sr);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = node_hash(sr, c);
        }
        fn >>= 1;
        sn >>= 1;
    }
    if (sn != 0) return proof_fails("it has too few hashes");
    if (fr != from_root) return proof_fails("it does not lead to the older root");
    if (sr != to_root) return proof_fails("it does not lead to the newer root");
    return {};
}

}  // namespace veche::journal
