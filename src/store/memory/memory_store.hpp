#pragma once
// The journal's store in memory, for tests and benchmarks; and a guard beside it.

#include <map>
#include <mutex>

#include "journal/store.hpp"
#include "journal/tiles.hpp"

namespace veche::store {

class memory_store : public journal::store {
  public:
    [[nodiscard]] journal::head current() const override;
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
    mutable std::mutex mutex_;
    journal::head head_;
    std::vector<std::string> entries_;
    std::string leaves_;
    std::map<std::pair<unsigned, std::uint64_t>, std::string> tiles_;
    journal::tile_edge edge_;
    std::map<std::pair<std::string, std::string>, journal::idem_hit, std::less<>> idems_;
    std::map<std::uint64_t, journal::stored_checkpoint> checkpoints_;
};

class memory_guard : public journal::guard {
  public:
    [[nodiscard]] result<journal::stored_checkpoint> last() const override { return last_; }
    result<void> advance(std::uint64_t expected, const journal::stored_checkpoint& to) override;

  private:
    journal::stored_checkpoint last_{0, sha256(""), {}};
};

}  // namespace veche::store
