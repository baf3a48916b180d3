#include "cli/tables_source.hpp"

#include "cli/verify_trust.hpp"
#include "store/refusal.hpp"

namespace veche::cli {

result<std::unique_ptr<tables_source>> tables_source::open(const std::filesystem::path& where) {
    if (!store::is_union(where)) return refuse(store::refusals::folder_missing, {}, where.string());
    const auto at = VECHE_TRY(store::union_place::of(where));
    store::known_entries nothing;
    nothing.unread = true;
    auto folder = VECHE_TRY(store::open_union(at, nothing));
    VECHE_CHECK(folder.publisher->publish());
    VECHE_CHECK(show_kept(folder, false));
    return std::unique_ptr<tables_source>(new tables_source(std::move(folder)));
}

result<void> tables_source::entries(std::uint64_t size, const journal::take_entry& take) {
    if (!of_.later) return journal::for_each_entry(*this, size, take);
    const auto with = of_.journal->shared() ? store::company::beside_others : store::company::alone;
    auto done = of_.later->now(of_.journal->current(), with, [&](const journal::read_entry& e) {
        return e.seq >= size || take(e);
    });
    if (!done) broken_ = done.error();
    return done;
}

}  // namespace veche::cli
