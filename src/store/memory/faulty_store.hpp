#pragma once
// A store that fails on purpose, around one that works: for tests of what stands above stores.

#include <atomic>

#include "journal/store.hpp"

namespace veche::store {

class faulty_store : public journal::store {
  public:
    /// The inner store must outlive it.
    explicit faulty_store(journal::store& inner) : inner_(inner) {}

    /// The next `count` appends are refused with store.disk_full, nothing written.
    void refuse_appends(int count) { appends_to_refuse_ = count; }
    /// The next `count` checkpoints are refused with store.disk_full, nothing written.
    void refuse_checkpoints(int count) { checkpoints_to_refuse_ = count; }
    /// From now on this entry is read with its last byte changed.
    void damage_entry(std::uint64_t seq) { damaged_ = static_cast<std::int64_t>(seq); }

    [[nodiscard]] journal::head current() const override { return inner_.current(); }
    result<void> append(const journal::batch& what, std::uint64_t expected) override;
    result<void> read(std::uint64_t from, std::uint64_t to,
                      const std::function<bool(std::uint64_t, std::string_view)>&) const override;
    [[nodiscard]] result<std::string> entry(std::uint64_t seq) const override;
    [[nodiscard]] result<std::string> leaves(std::uint64_t from, std::uint64_t to) const override {
        return inner_.leaves(from, to);
    }
    [[nodiscard]] result<std::string> tile(unsigned level, std::uint64_t index) const override {
        return inner_.tile(level, index);
    }
    [[nodiscard]] result<std::optional<journal::idem_hit>> find_idem(
        std::string_view actor, std::string_view idem) const override {
        return inner_.find_idem(actor, idem);
    }
    result<void> put_checkpoint(const journal::stored_checkpoint&) override;
    [[nodiscard]] std::optional<journal::stored_checkpoint> latest_checkpoint() const override {
        return inner_.latest_checkpoint();
    }
    [[nodiscard]] bool has_checkpoint(std::uint64_t from, std::uint64_t to) const override {
        return inner_.has_checkpoint(from, to);
    }

  private:
    journal::store& inner_;
    std::atomic<int> appends_to_refuse_{0};
    std::atomic<int> checkpoints_to_refuse_{0};
    std::atomic<std::int64_t> damaged_{-1};
};

}  // namespace veche::store
