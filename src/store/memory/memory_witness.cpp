#include "store/memory/memory_witness.hpp"

namespace veche::store {

void memory_witness::add_log(const journal::witnessed_log& log) {
    const std::lock_guard lock(mutex_);
    logs_.insert_or_assign(log.origin, log);
}

result<std::optional<journal::witnessed_log>> memory_witness::find(std::string_view origin) const {
    const std::lock_guard lock(mutex_);
    const auto found = logs_.find(origin);
    if (found == logs_.end()) return std::optional<journal::witnessed_log>{};
    return std::optional(found->second);
}

result<std::vector<journal::witnessed_log>> memory_witness::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<journal::witnessed_log> out;
    for (const auto& [origin, log] : logs_) out.push_back(log);
    return out;
}

result<bool> memory_witness::advance(const journal::witnessed_log& from,
                                     const journal::witnessed_log& to) {
    const std::lock_guard lock(mutex_);
    const auto found = logs_.find(from.origin);
    if (found == logs_.end() || found->second.size != from.size || found->second.root != from.root)
        return false;
    found->second.size = to.size;
    found->second.root = to.root;
    found->second.note = to.note;
    found->second.time = to.time;
    return true;
}

result<void> memory_witness::keep(const journal::witness_evidence& what) {
    const std::lock_guard lock(mutex_);
    evidence_.push_back(what);
    return {};
}

result<std::vector<journal::witness_evidence>> memory_witness::evidence() const {
    const std::lock_guard lock(mutex_);
    return evidence_;
}

}  // namespace veche::store
