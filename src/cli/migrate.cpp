#include <optional>

#include "api/account_store.hpp"
#include "api/follow_store.hpp"
#include "cli/desk_rows.hpp"
#include "cli/verbs.hpp"
#include "kernel/hash.hpp"
#include "store/move.hpp"

namespace veche::cli {
namespace {

struct migrated {
    std::int64_t entries = 0;
    std::string from;
    std::string root;
    std::string to;
};
VECHE_FIELDS_HERE(migrated, (entries, "Entries of the journal."), (from, "Where it was."),
                  (root, "Root of its tree, hex: the same before and after."), (to, "Where it is."))

}  // namespace

result<void> copy_desk(store::row_base& accounts, store::row_base& follows,
                       store::row_base& to_accounts, store::row_base& to_follows) {
    if (!accounts.shared()) VECHE_CHECK(api::account_store::prepare(accounts));
    if (!follows.shared()) VECHE_CHECK(api::follow_store::prepare(follows));
    VECHE_CHECK(api::account_store::prepare(to_accounts));
    VECHE_CHECK(api::follow_store::prepare(to_follows));
    VECHE_CHECK(api::account_store::copy(accounts, to_accounts));
    return api::follow_store::copy(follows, to_follows);
}

int migrate(const migrate_options& options, const terminal& on) {
    std::optional<progress_bar> bar(std::in_place, on, "Copying");
    const auto moved =
        store::move_union(options.folder, options.to, &copy_desk,
                          [&](std::uint64_t n, std::uint64_t of) { bar->show(n, of); });
    bar.reset();
    if (!moved) return on.fail(moved.error());
    const migrated answer{static_cast<std::int64_t>(moved->entries), moved->from,
                          to_hex(as_bytes(moved->root)), moved->to};
    if (on.json) on.out << to_json(answer) << '\n';
    on.say("The union lies in " + answer.to + " now; it was in " + answer.from + ".");
    on.say("Entries  " + std::to_string(answer.entries));
    on.say("Root     " + answer.root);
    return done;
}

}  // namespace veche::cli
