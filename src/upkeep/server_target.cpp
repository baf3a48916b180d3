#include <sys/stat.h>
#include <unistd.h>

#include "store/postgres/postgres_rows.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_rows.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/target.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

class server_target final : public restore_target {
  public:
    server_target(const restore_options& with, store::union_place at)
        : with_(with), at_(std::move(at)), place_(store::place_name(at_.url)) {}
    ~server_target() override { leave(); }

    /// The guard's schema may be there: it is left out of copies and survives what the others do
    /// not.
    result<void> take_place() override {
        std::error_code error;
        fs::create_directories(at_.folder, error);
        lock_ = VECHE_TRY(store::take_folder_lock(at_.folder));
        names_ = VECHE_TRY(store::part_names::on(at_.url));
        auto s = VECHE_TRY(store::session::open(at_.url));
        const bool taken = VECHE_TRY(store::postgres_store::exists(s));
        if (taken) return refuse(refusals::server_taken, {}, place_, "journal");
        for (const std::string* part : {&names_.sealed, &names_.papers, &names_.desk}) {
            const bool there = VECHE_TRY(store::postgres_rows::exists(s, *part));
            if (there) return refuse(refusals::server_taken, {}, place_, "schema " + *part);
        }
        return {};
    }

    result<void> take_key(const manifest& kept, store::key_history& keys) override {
        const bool known = VECHE_TRY(is_guarded(kept, keys));
        const std::string vkey = VECHE_TRY(fitting_key(at_.key, kept, keys));
        if (!in_force_.empty() && in_force_ != vkey)
            return refuse(refusals::key_differs, {}, at_.key.string(), in_force_);
        if (!known && !with_.new_guard && with_.fill_from == nullptr)
            return refuse(refusals::guard_lost);
        VECHE_CHECK(store::create_parts(at_.url, names_, kept.origin, vkey));
        return tell_guards(kept, keys);
    }

    result<std::unique_ptr<journal::store>> make_journal() override {
        VECHE_CHECK(store::postgres_store::create(at_.url));
        auto made = VECHE_TRY(store::postgres_store::open(at_.url));
        VECHE_CHECK(store::postgres_store::hide(at_.url));
        return made;
    }
    result<std::unique_ptr<store::contents>> papers() override {
        std::shared_ptr<store::row_base> rows =
            VECHE_TRY(store::postgres_rows::open(at_.url, names_.papers));
        return std::make_unique<store::row_contents>(std::move(rows));
    }
    result<fs::path> take_secrets() override {
        std::error_code error;
        fs::remove_all(aside(), error);
        fs::create_directories(aside(), error);
        ::chmod(aside().c_str(), S_IRWXU);
        return aside();
    }

    result<void> place() override {
        VECHE_CHECK(copy_rows_in());
        VECHE_CHECK(store::postgres_store::show(at_.url));
        leave();
        return {};
    }

  private:
    /// In the node's own folder, for as long as it takes.
    [[nodiscard]] fs::path aside() const { return at_.folder / "restoring"; }

    /// Whether a guard that survived knows of anything signed. One that has just been made, as each
    /// new node has one, knows nothing. On the server it knows the keys too.
    result<bool> is_guarded(const manifest& kept, store::key_history& keys) {
        bool known = false;
        if (fs::exists(at_.folder / guard_name)) {
            const auto own = VECHE_TRY(store::sqlite_guard::open(at_.folder / guard_name));
            const std::string watched = VECHE_TRY(own->origin());
            VECHE_CHECK(check_origin(kept, watched));
            const auto seen = VECHE_TRY(own->last());
            known = seen.size > 0;
        }
        auto s = VECHE_TRY(store::session::open(at_.url));
        const bool there = VECHE_TRY(store::postgres_rows::exists(s, names_.guard));
        if (!there) return known;
        const auto guard = VECHE_TRY(store::shared_guard::at(at_.url, names_.guard, {}));
        VECHE_CHECK(check_origin(kept, guard->origin()));
        auto here = VECHE_TRY(guard->keys());
        here.add_earlier(keys);
        keys = std::move(here);
        in_force_ = guard->vkey();
        const auto last = VECHE_TRY(guard->last());
        return known || last.size > 0;
    }
    static result<void> check_origin(const manifest& kept, const std::string& guarded) {
        if (guarded == kept.origin) return {};
        return refuse(refusals::backup_of_another, {}, kept.origin, guarded);
    }

    /// Both know what either knows; where neither does, what the backup knows to be signed.
    result<void> tell_guards(const manifest& kept, const store::key_history& keys) {
        const auto guard = VECHE_TRY(store::shared_guard::at(at_.url, names_.guard, at_.folder));
        VECHE_CHECK(guard->keep(keys));
        const auto last = VECHE_TRY(guard->last());
        auto newest = VECHE_TRY(guard->seen());
        if (last.size > newest.size) newest = last;
        if (newest.size == 0) newest = VECHE_TRY(newest_checkpoint(kept, keys));
        if (newest.size > last.size) return guard->advance(last.size, newest);
        return guard->saw(newest);
    }

    /// Out of the files that were put aside, which go then.
    result<void> copy_rows_in() {
        {
            const auto rows_in = [&](const char* name) {
                return store::sqlite_rows::open(aside() / name, store::row_file::beside);
            };
            const auto accounts = VECHE_TRY(rows_in("accounts.sqlite"));
            const auto follows = VECHE_TRY(rows_in("follows.sqlite"));
            const auto sealed = VECHE_TRY(rows_in("sealed.sqlite"));
            const auto desk = VECHE_TRY(store::postgres_rows::open(at_.url, names_.desk));
            if (with_.rows) VECHE_CHECK(with_.rows(*accounts, *follows, *desk, *desk));
            const auto texts = VECHE_TRY(store::postgres_rows::open(at_.url, names_.sealed));
            VECHE_CHECK(store::sealed_store::copy(*sealed, *texts));
        }
        std::error_code error;
        fs::remove_all(aside(), error);
        return {};
    }
    void leave() {
        std::error_code ignored;
        if (lock_ < 0) return;
        fs::remove_all(aside(), ignored);
        ::close(std::exchange(lock_, -1));
    }

    const restore_options& with_;
    const store::union_place at_;
    const std::string place_;  ///< without any password
    store::part_names names_;
    std::string in_force_;  ///< the key, as a guard says that survived on the server
    int lock_ = -1;
};

}  // namespace

std::unique_ptr<restore_target> server_to_restore(const restore_options& with,
                                                  const store::union_place& at) {
    return std::make_unique<server_target>(with, at);
}

}  // namespace veche::upkeep
