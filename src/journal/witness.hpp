#pragma once
// A witness (c2sp.org/tlog-witness): remembers of each log the largest checkpoint it has cosigned,
// and cosigns only what extends that. Its whole worth is that it never forgets: what it remembers
// is durable before a cosignature leaves it, and a memory that was put back in time is raised again
// by its own signatures wherever it meets them.
//
// Pure but for the record behind it; the network is at the edge (api/witness_site.hpp).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/checkpoint.hpp"
#include "journal/cosignature.hpp"
#include "journal/tree.hpp"

namespace veche::journal {

/// A log that a witness knows, and what it last cosigned of it.
struct witnessed_log {
    std::string origin;
    std::vector<verifier_key> keys;  ///< of the log; any of them may sign
    std::string url;                 ///< where the log is read; "" where it is not said
    std::uint64_t size = 0;          ///< of what was cosigned last; 0 where nothing was
    hash256 root = sha256("");
    std::string note;       ///< as cosigned last, with the log's signatures; "" where nothing was
    std::int64_t time = 0;  ///< of that cosignature, seconds since 1970
};

/// What a log asked a witness to sign and should not have, kept as evidence.
struct witness_evidence {
    std::string origin;
    std::string kind;  ///< refusal code
    std::string note;  ///< the signed checkpoint that was refused
    std::string body;  ///< the whole request
    std::int64_t time = 0;
};

/// The port: where a witness remembers. Thread-safe.
class witness_record {
  public:
    virtual ~witness_record() = default;
    [[nodiscard]] virtual result<std::optional<witnessed_log>> find(
        std::string_view origin) const = 0;
    [[nodiscard]] virtual result<std::vector<witnessed_log>> all() const = 0;
    /// Durable on return; compare-and-set: false where what is remembered of `from.origin` is no
    /// longer `from.size` and `from.root`. Takes size, root, note and time of `to`.
    virtual result<bool> advance(const witnessed_log& from, const witnessed_log& to) = 0;
    /// Keeps evidence, the oldest of a log giving way beyond a hundred.
    virtual result<void> keep(const witness_evidence&) = 0;
    [[nodiscard]] virtual result<std::vector<witness_evidence>> evidence() const = 0;
};

/// A request of add-checkpoint, taken apart.
struct checkpoint_request {
    std::uint64_t old_size = 0;
    std::vector<hash256> proof;
    std::string note;
};
/// Refuses with journal.request_malformed.
result<checkpoint_request> read_checkpoint_request(std::string_view body);
std::string write_checkpoint_request(const checkpoint_request&);

/// The three lines that count; extension lines, which other logs may have, are passed over. The
/// origin is any text of one line.
result<checkpoint> parse_foreign_checkpoint(std::string_view note_text);

/// An answer over HTTP.
struct witness_reply {
    int status = 0;
    std::string type;
    std::string body;
};
inline constexpr std::string_view size_media = "text/x.tlog.size";

class witness {
  public:
    witness(std::string name, key_pair key, witness_record& record);

    /// Answers one add-checkpoint. `now` is in seconds since 1970. What it says beyond the
    /// specification: 503 where the record cannot be written, or where somebody shows a cosignature
    /// of this witness that contradicts its record: then the operator must look.
    witness_reply add_checkpoint(std::string_view body, std::int64_t now);

    /// Takes in a checkpoint that carries this witness's own cosignature, from wherever. What it
    /// signed it must have seen, so a larger one raises a record that had been put back in time.
    /// True if it did. Refuses with journal.witness_forked where the record has another root for
    /// that size.
    result<bool> raise(std::string_view note);

    [[nodiscard]] std::string vkey() const;
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] witness_record& record() { return record_; }

    /// The last part of the address under which a witness serves what it cosigned of a log:
    /// SHA-256 of the origin in hex.
    static std::string address_of(std::string_view origin);

  private:
    result<std::string> cosign(const checkpoint_request&, std::int64_t now);
    result<bool> raise(const witnessed_log& known, std::string_view note);
    void keep_evidence(const refusal&, std::string_view body, std::int64_t now);

    std::string name_;
    key_pair key_;
    witness_record& record_;
};

}  // namespace veche::journal
