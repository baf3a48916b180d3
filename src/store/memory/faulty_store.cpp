#include "store/memory/faulty_store.hpp"

#include "store/refusal.hpp"

namespace veche::store {
namespace {

/// Counts one down; whether there was one.
bool take_one(std::atomic<int>& left) {
    int now = left.load();
    while (now > 0)
        if (left.compare_exchange_weak(now, now - 1)) return true;
    return false;
}

}  // namespace

result<void> faulty_store::append(const journal::batch& what, std::uint64_t expected) {
    if (take_one(appends_to_refuse_)) return refuse(refusals::disk_full);
    return inner_.append(what, expected);
}

result<void> faulty_store::read(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    std::string changed;
    return inner_.read(from, to, [&](std::uint64_t seq, std::string_view bytes) {
        if (static_cast<std::int64_t>(seq) != damaged_) return take(seq, bytes);
        changed = bytes;
        changed.back() = static_cast<char>(changed.back() ^ 1);
        return take(seq, changed);
    });
}

result<std::string> faulty_store::entry(std::uint64_t seq) const {
    std::string bytes = VECHE_TRY(inner_.entry(seq));
    if (static_cast<std::int64_t>(seq) == damaged_)
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
    return bytes;
}

result<void> faulty_store::put_checkpoint(const journal::stored_checkpoint& c) {
    if (take_one(checkpoints_to_refuse_)) return refuse(refusals::disk_full);
    return inner_.put_checkpoint(c);
}

}  // namespace veche::store
