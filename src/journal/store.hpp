#pragma once
// The port: where entries lie. Implementations: store/sqlite, store/memory. Nothing above this
// interface knows which. Appends come from one thread; everything else from any.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "journal/tree.hpp"
#include "kernel/instant.hpp"

namespace veche::journal {

struct new_entry {
    std::uint64_t seq = 0;
    hash256 leaf{};
    std::string bytes;
};
/// A command is answered the same however often it is sent: (actor, idem) -> its number.
struct idem_row {
    std::string actor;
    std::string idem;
    std::uint64_t seq = 0;
    hash256 sha{};  ///< of the event line
};
struct stream_row {
    std::string stream;
    std::int64_t ver = 0;
    std::uint64_t seq = 0;
};

/// What becomes durable together or not at all.
struct batch {
    std::vector<new_entry> entries;  ///< numbered without a gap
    std::vector<idem_row> idems;
    std::vector<stream_row> streams;
    instant at;  ///< admission time of the last entry
};

struct head {
    std::uint64_t next = 0;   ///< number of the next entry
    std::uint64_t epoch = 0;  ///< of the lease; raised by whoever takes over writing
    frontier edge;            ///< right edge of the tree of `next` entries
    instant at;
};

struct idem_hit {
    std::uint64_t seq = 0;
    hash256 sha{};
};

struct stored_checkpoint {
    std::uint64_t size = 0;
    hash256 root{};
    std::string note;
};

class store {
  public:
    virtual ~store() = default;

    /// Where the journal ends, as far as this program knows.
    [[nodiscard]] virtual head current() const = 0;

    /// Whether other programs may append to it too. Where none may, the next three do nothing.
    [[nodiscard]] virtual bool shared() const { return false; }
    /// Takes in what others appended. Answers where the journal ends now.
    virtual result<head> catch_up() { return current(); }
    /// The same, and keeps all others from appending until `append` or `release`.
    virtual result<head> hold() { return current(); }
    virtual void release() {}

    /// Durable on return. Refuses if the store does not end at `expected` (somebody else wrote);
    /// and with `journal.key_taken`, having written nothing, if a command of the batch stands in it
    /// already under its actor's idempotency key.
    virtual result<void> append(const batch& what, std::uint64_t expected) = 0;

    /// Calls with each entry of [from, to) in order until the callback returns false. Each is
    /// hashed and compared with its leaf before anybody sees it.
    virtual result<void> read(
        std::uint64_t from, std::uint64_t to,
        const std::function<bool(std::uint64_t, std::string_view)>&) const = 0;
    [[nodiscard]] virtual result<std::string> entry(std::uint64_t seq) const = 0;
    /// Leaf hashes of [from, to), one after another.
    [[nodiscard]] virtual result<std::string> leaves(std::uint64_t from,
                                                     std::uint64_t to) const = 0;
    /// A full tile's 8192 bytes.
    [[nodiscard]] virtual result<std::string> tile(unsigned level, std::uint64_t index) const = 0;
    [[nodiscard]] virtual result<std::optional<idem_hit>> find_idem(
        std::string_view actor, std::string_view idem) const = 0;

    virtual result<void> put_checkpoint(const stored_checkpoint&) = 0;
    [[nodiscard]] virtual std::optional<stored_checkpoint> latest_checkpoint() const = 0;
    /// Whether a checkpoint was published for a size in [from, to).
    [[nodiscard]] virtual bool has_checkpoint(std::uint64_t from, std::uint64_t to) const = 0;

    /// `find_idem` for many, in their order.
    struct idem_key {
        std::string_view actor, idem;
    };
    [[nodiscard]] virtual result<std::vector<std::optional<idem_hit>>> find_idems(
        const std::vector<idem_key>&) const;

    /// The clock of the place where all programs meet, as it stood at the last `hold`.
    [[nodiscard]] virtual std::optional<instant> common_clock() const { return std::nullopt; }
    /// After an append that failed: whether its batch stands in the journal after all. From the
    /// answer on that is settled; where nobody can be asked it is refused, to be asked again.
    virtual result<bool> settle(const batch&) { return false; }
};

/// Roots of full subtrees out of tiles and leaves, for proofs over a tree of `size` entries.
subtree_reader subtrees_of(const store&, std::uint64_t size);

/// What was signed last. Lies in a small file of its own, made once, never restored from a copy.
class guard {
  public:
    virtual ~guard() = default;
    [[nodiscard]] virtual result<stored_checkpoint> last() const = 0;
    /// Durable compare-and-set: refuses if the last size is no longer `expected`.
    virtual result<void> advance(std::uint64_t expected, const stored_checkpoint& to) = 0;

    /// Where several nodes sign: the newest checkpoint that this node itself saw signed, which a
    /// server that was put back in time does not take with it.
    [[nodiscard]] virtual result<stored_checkpoint> seen() const { return last(); }
    /// Notes a checkpoint of another node whose tree this one has checked.
    virtual result<void> saw(const stored_checkpoint&) { return {}; }

    /// Where another program may put another key of the log in force: the verifier key that signs
    /// by now, if it is not the one for which this was opened. Known after each last() and
    /// advance().
    [[nodiscard]] virtual std::optional<std::string> other_key() const { return std::nullopt; }
};

}  // namespace veche::journal
