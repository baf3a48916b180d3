#pragma once
// The journal in public: checkpoint, tiles and entry bundles as tlog-tiles has them, the proof of
// any entry, and the entries themselves for the pages.

#include <filesystem>

#include "api/http.hpp"
#include "api/pages/pages.hpp"
#include "journal/publisher.hpp"

namespace veche::api {

/// `count` whole entries from number `from` on; fewer where there are not so many.
std::vector<std::string> read_entries(const journal::store&, std::uint64_t from, std::size_t count);

class journal_files final : public pages::reading_desk {
  public:
    /// Both must outlive it. `handovers`: the file that says how the log's key changed, if it did.
    journal_files(const journal::store& store, const journal::publisher& publisher,
                  std::filesystem::path handovers = {})
        : store_(store), publisher_(publisher), handovers_(std::move(handovers)) {}

    /// Answers GET /journal/...; nothing for other addresses.
    ///   /journal/checkpoint, /journal/tile/...   tlog-tiles
    ///   /journal/vkey                            the log's verifier key
    ///   /journal/handovers                       how it changed, JSON; absent where it never did
    ///   /journal/proof/15                        the entry with its inclusion proof, JSON
    ///   /journal/proof/15.tlog-proof             the same as a file of c2sp.org/tlog-proof
    std::optional<response> handle(const request&) const;

    std::vector<std::string> entries(std::uint64_t from, std::size_t count) override;
    std::optional<pages::entry_proof> prove(std::uint64_t seq) override;
    std::string checkpoint() override;
    std::string verifier_key() override { return publisher_.vkey(); }

  private:
    [[nodiscard]] result<response> serve(std::string_view path) const;
    [[nodiscard]] result<response> serve_proof(std::string_view name) const;

    const journal::store& store_;
    const journal::publisher& publisher_;
    std::filesystem::path handovers_;
};

}  // namespace veche::api
