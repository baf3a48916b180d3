#include "store/memory/memory_store.hpp"

#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "store/refusal.hpp"

namespace veche::store {

journal::head memory_store::current() const {
    const std::lock_guard lock(mutex_);
    return head_;
}

result<void> memory_store::append(const journal::batch& what, std::uint64_t expected) {
    const std::lock_guard lock(mutex_);
    if (head_.next != expected)
        return refuse(refusals::overtaken, {}, std::to_string(head_.next),
                      std::to_string(expected));
    for (const journal::idem_row& i : what.idems)
        if (idems_.contains({i.actor, i.idem})) return refuse(journal::refusals::key_taken);
    for (const journal::new_entry& e : what.entries) {
        VECHE_ENSURE(e.seq == head_.next, "entries are numbered without a gap");
        entries_.push_back(e.bytes);
        leaves_ += as_bytes(e.leaf);
        ++head_.next;
        VECHE_CHECK(
            edge_.append(head_.edge, e.leaf,
                         [this](unsigned level, std::uint64_t index, std::string_view hashes) {
                             tiles_.emplace(std::pair(level, index), hashes);
                             return result<void>{};
                         }));
    }
    for (const journal::idem_row& i : what.idems)
        VECHE_ENSURE(
            idems_.emplace(std::pair(i.actor, i.idem), journal::idem_hit{i.seq, i.sha}).second,
            "an idempotency key is used once");
    head_.at = what.at;
    return {};
}

result<void> memory_store::read(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    for (std::uint64_t i = from; i < to; ++i)
        if (!take(i, VECHE_TRY(entry(i)))) return {};
    return {};
}

result<std::string> memory_store::entry(std::uint64_t seq) const {
    const std::lock_guard lock(mutex_);
    if (seq >= entries_.size()) return refuse(refusals::entry_missing, {}, std::to_string(seq));
    return entries_[seq];
}

result<std::string> memory_store::leaves(std::uint64_t from, std::uint64_t to) const {
    const std::lock_guard lock(mutex_);
    if (to * 32 > leaves_.size())
        return refuse(refusals::entry_missing, {}, std::to_string(to - 1));
    return leaves_.substr(from * 32, (to - from) * 32);
}

result<std::string> memory_store::tile(unsigned level, std::uint64_t index) const {
    const std::lock_guard lock(mutex_);
    const auto found = tiles_.find({level, index});
    if (found == tiles_.end()) return refuse(refusals::tile_missing, {}, std::to_string(index));
    return found->second;
}

result<std::optional<journal::idem_hit>> memory_store::find_idem(std::string_view actor,
                                                                 std::string_view idem) const {
    const std::lock_guard lock(mutex_);
    const auto found = idems_.find(std::pair(std::string(actor), std::string(idem)));
    return found == idems_.end() ? std::nullopt : std::optional(found->second);
}

result<void> memory_store::put_checkpoint(const journal::stored_checkpoint& c) {
    const std::lock_guard lock(mutex_);
    checkpoints_.emplace(c.size, c);
    return {};
}

std::optional<journal::stored_checkpoint> memory_store::latest_checkpoint() const {
    const std::lock_guard lock(mutex_);
    if (checkpoints_.empty()) return std::nullopt;
    return checkpoints_.rbegin()->second;
}

bool memory_store::has_checkpoint(std::uint64_t from, std::uint64_t to) const {
    const std::lock_guard lock(mutex_);
    const auto found = checkpoints_.lower_bound(from);
    return found != checkpoints_.end() && found->first < to;
}

result<void> memory_guard::advance(std::uint64_t expected, const journal::stored_checkpoint& to) {
    if (last_.size != expected)
        return refuse(refusals::overtaken, {}, std::to_string(last_.size),
                      std::to_string(expected));
    last_ = to;
    return {};
}

}  // namespace veche::store
