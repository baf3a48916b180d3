#include <unistd.h>

#include "journal/checkpoint.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/target.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

class folder_target final : public restore_target {
  public:
    folder_target(const restore_options& with, fs::path folder)
        : with_(with), folder_(std::move(folder)) {}
    ~folder_target() override { leave(); }

    result<void> take_place() override {
        std::error_code error;
        fs::create_directories(folder_, error);
        for (const auto& each : fs::directory_iterator(folder_, error)) {
            const std::string name = each.path().filename().string();
            const bool of_the_union = name == store::log_key_name || name.starts_with(guard_name) ||
                                      name == store::handovers_name ||
                                      name == store::lost_vkeys_name;
            if (name != "lock" && (!with_.at.empty() || !of_the_union))
                return refuse(refusals::target_taken, {}, folder_.string(), name);
        }
        lock_ = VECHE_TRY(store::take_folder_lock(folder_));
        return {};
    }

    result<void> take_key(const manifest& kept, store::key_history& keys) override {
        const fs::path own = folder_ / store::log_key_name;
        const fs::path from = fs::exists(own) ? own : with_.key;
        if (from.empty()) return refuse(refusals::key_missing, {}, folder_.string());
        auto known = VECHE_TRY(store::key_history::in_folder(folder_));
        known.add_earlier(keys);
        keys = std::move(known);
        VECHE_CHECK(fitting_key(from, kept, keys));
        const bool guarded = fs::exists(folder_ / guard_name);
        if (!guarded && !with_.new_guard && with_.fill_from == nullptr)
            return refuse(refusals::guard_lost);
        if (from != own) {
            const auto key = VECHE_TRY(store::read_log_key(from));
            VECHE_CHECK(store::write_log_key(own, key.secret_key.substr(0, journal::seed_bytes)));
        }
        VECHE_CHECK(keys.keep_in(folder_));
        return guarded ? result<void>{} : make_guard(kept, keys);
    }

    result<std::unique_ptr<journal::store>> make_journal() override {
        VECHE_CHECK(store::sqlite_store::create(part()));
        return VECHE_TRY(store::sqlite_store::open(part()));
    }
    result<std::unique_ptr<store::contents>> papers() override {
        return std::make_unique<store::folder_contents>(folder_ / "papers");
    }
    result<fs::path> take_secrets() override { return folder_; }

    result<void> place() override {
        std::error_code error;
        fs::rename(part(), folder_ / store::journal_name, error);
        if (error)
            return refuse(refusals::file_failed, {}, part().string(), "cannot be put in its place");
        VECHE_CHECK(sync_path(folder_));
        leave();
        return {};
    }

  private:
    [[nodiscard]] fs::path part() const { return folder_ / "journal.sqlite.part"; }

    result<void> make_guard(const manifest& kept, const store::key_history& keys) {
        const auto newest = VECHE_TRY(newest_checkpoint(kept, keys));
        VECHE_CHECK(store::sqlite_guard::create(folder_ / guard_name, kept.origin));
        const auto guard = VECHE_TRY(store::sqlite_guard::open(folder_ / guard_name));
        return newest.size == 0 ? result<void>{} : guard->advance(0, newest);
    }
    void leave() {
        if (lock_ >= 0) ::close(std::exchange(lock_, -1));
    }

    const restore_options& with_;
    const fs::path folder_;
    int lock_ = -1;
};

}  // namespace

std::unique_ptr<restore_target> folder_to_restore(const restore_options& with,
                                                  const store::union_place& at) {
    return std::make_unique<folder_target>(with, at.folder);
}

result<std::string> fitting_key(const fs::path& file, const manifest& kept,
                                const store::key_history& keys) {
    const auto key = VECHE_TRY(store::read_log_key(file));
    std::string vkey = journal::format_verifier_key({kept.origin, key.public_key});
    if (keys.had(vkey)) {
        const std::string& now = keys.changes().back().vkey;
        return refuse(store::refusals::key_left, {}, file.string(), now.empty() ? kept.vkey : now);
    }
    if (vkey == kept.vkey || keys.leads(kept.vkey, vkey)) return vkey;
    return refuse(refusals::key_differs, {}, file.string(), kept.vkey);
}

result<journal::stored_checkpoint> newest_checkpoint(const manifest& kept,
                                                     const store::key_history& keys) {
    if (!kept.checkpoint) return journal::stored_checkpoint{};
    const auto c = VECHE_TRY(keys.verify(*kept.checkpoint, kept.vkey));
    return journal::stored_checkpoint{c.size, c.root, *kept.checkpoint};
}

}  // namespace veche::upkeep
