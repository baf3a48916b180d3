#pragma once
// Sealed texts beside the journal: a file of their own, or a schema of their own on a server, with
// backups of their own, so that what is shredded stays shredded. Thread-safe.

#include <filesystem>
#include <memory>

#include "journal/seal.hpp"
#include "store/rows.hpp"

namespace veche::store {

/// What a disclosure puts on the journal.
struct disclosure {
    std::string salt;
    std::string text;
};

class sealed_store {
  public:
    static result<void> create(const std::filesystem::path& file);
    static result<std::unique_ptr<sealed_store>> open(const std::filesystem::path& file);
    /// Over rows in which `prepare` made the tables.
    explicit sealed_store(std::shared_ptr<row_base> in) : in_(std::move(in)) {}
    static result<void> prepare(row_base&);
    /// Copies everything as it lies there: sealed, and what is left of what was shredded.
    static result<void> copy(row_base& from, row_base& to);

    /// Seals a text under its subject's key, which is made if there is none. Durable on return; the
    /// answer goes on the journal.
    result<journal::seal> keep(std::string_view text, journal::seal_class, std::string subject);
    /// The text and its salt. Refuses with store.content_missing, journal.seal_shredded,
    /// journal.seal_wrong.
    [[nodiscard]] result<disclosure> disclose(const hash256& commit) const;

    /// Destroys key, salt and ciphertext of one text, here; copies elsewhere are their keeper's
    /// duty. Shredding twice changes nothing; refuses with store.content_missing.
    result<void> shred(const hash256& commit);
    /// The same for all texts of a subject, and the subject's key. Answers how many there were.
    result<std::uint64_t> shred_subject(std::string_view subject);

  private:
    std::shared_ptr<row_base> in_;
};

}  // namespace veche::store
