#include "store/memory/shared_store.hpp"

namespace veche::store {

journal::head shared_store::current() const {
    const std::lock_guard lock(mutex_);
    return known_;
}

result<journal::head> shared_store::catch_up() {
    const std::lock_guard lock(mutex_);
    return known_ = of_.entries.current();
}

result<journal::head> shared_store::hold() {
    if (!held_.owns_lock()) held_ = std::unique_lock(of_.held);
    return catch_up();
}

void shared_store::release() {
    if (held_.owns_lock()) held_.unlock();
}

result<void> shared_store::append(const journal::batch& what, std::uint64_t expected) {
    (void)VECHE_TRY(hold());
    auto done = of_.entries.append(what, expected);
    (void)VECHE_TRY(catch_up());
    release();
    return done;
}

result<void> shared_store::read(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    return of_.entries.read(from, to, take);
}

result<std::string> shared_store::entry(std::uint64_t seq) const {
    return of_.entries.entry(seq);
}

result<std::string> shared_store::leaves(std::uint64_t from, std::uint64_t to) const {
    return of_.entries.leaves(from, to);
}

result<std::string> shared_store::tile(unsigned level, std::uint64_t index) const {
    return of_.entries.tile(level, index);
}

result<std::optional<journal::idem_hit>> shared_store::find_idem(std::string_view actor,
                                                                 std::string_view idem) const {
    return of_.entries.find_idem(actor, idem);
}

result<void> shared_store::put_checkpoint(const journal::stored_checkpoint& c) {
    return of_.entries.put_checkpoint(c);
}

std::optional<journal::stored_checkpoint> shared_store::latest_checkpoint() const {
    return of_.entries.latest_checkpoint();
}

bool shared_store::has_checkpoint(std::uint64_t from, std::uint64_t to) const {
    return of_.entries.has_checkpoint(from, to);
}

}  // namespace veche::store
