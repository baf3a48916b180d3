#pragma once
// The memory of a witness without a disk, for tests.

#include <map>
#include <mutex>

#include "journal/witness.hpp"

namespace veche::store {

class memory_witness : public journal::witness_record {
  public:
    void add_log(const journal::witnessed_log& log);
    [[nodiscard]] result<std::optional<journal::witnessed_log>> find(
        std::string_view origin) const override;
    [[nodiscard]] result<std::vector<journal::witnessed_log>> all() const override;
    result<bool> advance(const journal::witnessed_log& from,
                         const journal::witnessed_log& to) override;
    result<void> keep(const journal::witness_evidence& what) override;
    [[nodiscard]] result<std::vector<journal::witness_evidence>> evidence() const override;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, journal::witnessed_log, std::less<>> logs_;
    std::vector<journal::witness_evidence> evidence_;
};

}  // namespace veche::store
