#pragma once
// The journal in public: checkpoint, tiles and entry bundles as tlog-tiles has them, the proof of
// any entry, and the entries themselves for the pages.

#include "api/http.hpp"
#include "api/pages/pages.hpp"
#include "journal/publisher.hpp"

namespace veche::journal {
class witnessing;
}

namespace veche::api {

/// `count` whole entries from number `from` on; fewer where there are not so many.
std::vector<std::string> read_entries(const journal::store&, std::uint64_t from, std::size_t count);

class journal_files final : public pages::reading_desk {
  public:
    /// Both must outlive it.
    journal_files(const journal::store& store, const journal::publisher& publisher)
        : store_(store), publisher_(publisher) {}
    /// Says from now on how the journal stands with its witnesses.
    void show_witnesses(const journal::witnessing& standing, std::function<instant()> now) {
        witnesses_ = &standing;
        now_ = std::move(now);
    }

    /// Answers GET /journal/...; nothing for other addresses.
    ///   /journal/checkpoint, /journal/tile/...   tlog-tiles
    ///   /journal/vkey                            the log's verifier key
    ///   /journal/handovers                       how it changed, JSON; absent where it never did
    ///   /journal/checkpoint.witnessed            the newest checkpoint with a quorum
    ///   /journal/policy                          witnesses and quorum (c2sp.org/tlog-policy)
    ///   /journal/witnesses                       how they answer, JSON
    ///   /journal/proof/15                        the entry with its inclusion proof, JSON
    ///   /journal/proof/15.tlog-proof             the same as a file of c2sp.org/tlog-proof
    std::optional<response> handle(const request&) const;

    std::vector<std::string> entries(std::uint64_t from, std::size_t count) override;
    std::optional<pages::entry_proof> prove(std::uint64_t seq) override;
    std::string checkpoint() override;
    std::string verifier_key() override { return publisher_.vkey(); }
    std::optional<journal::witnessing_report> witnesses() override;
    bool signing_stopped() override;

  private:
    [[nodiscard]] result<response> serve(std::string_view path) const;
    [[nodiscard]] result<response> serve_proof(std::string_view name) const;
    [[nodiscard]] std::optional<response> serve_witnesses(std::string_view path) const;

    const journal::store& store_;
    const journal::publisher& publisher_;
    const journal::witnessing* witnesses_ = nullptr;
    std::function<instant()> now_;
};

}  // namespace veche::api
