#pragma once
// One journal in memory with several programs' stores over it, for tests of offices that share.

#include "store/memory/memory_store.hpp"

namespace veche::store {

/// What all of them append to.
struct common_journal {
    memory_store entries;
    std::mutex held;  ///< by whoever appends next
};

/// What one of them has of it.
class shared_store : public journal::store {
  public:
    explicit shared_store(common_journal& of) : of_(of), known_(of.entries.current()) {}

    [[nodiscard]] bool shared() const override { return true; }
    [[nodiscard]] journal::head current() const override;
    result<journal::head> catch_up() override;
    result<journal::head> hold() override;
    void release() override;
    result<void> append(const journal::batch& what, std::uint64_t expected) override;
    result<void> read(std::uint64_t from, std::uint64_t to,
                      const std::function<bool(std::uint64_t, std::string_view)>&) const override;
    [[nodiscard]] result<std::string> entry(std::uint64_t seq) const override;
    [[nodiscard]] result<std::string> leaves(std::uint64_t from, std::uint64_t to) const override;
    [[nodiscard]] result<std::string> tile(unsigned level, std::uint64_t index) const override;
    [[nodiscard]] result<std::optional<journal::idem_hit>> find_idem(
        std::string_view actor, std::string_view idem) const override;
    result<void> put_checkpoint(const journal::stored_checkpoint&) override;
    [[nodiscard]] std::optional<journal::stored_checkpoint> latest_checkpoint() const override;
    [[nodiscard]] bool has_checkpoint(std::uint64_t from, std::uint64_t to) const override;

  private:
    common_journal& of_;
    mutable std::mutex mutex_;  ///< known_
    journal::head known_;
    std::unique_lock<std::mutex> held_;
};

}  // namespace veche::store
