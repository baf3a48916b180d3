#include "upkeep/source.hpp"

#include "journal/checkpoint.hpp"
#include "store/folder.hpp"
#include "store/form.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/postgres_tables.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_rows.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/sqlite_tables.hpp"
#include "upkeep/target.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

constexpr const char* newest_note = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1";

class union_in_folder final : public backup_source {
  public:
    explicit union_in_folder(fs::path folder) : folder_(std::move(folder)) {}

    result<void> open() {
        origin = VECHE_TRY(read_guard(folder_, "SELECT log FROM guard"));
        const std::string file = (folder_ / store::journal_name).string();
        auto journal = VECHE_TRY(store::database::open(file, store::access::read));
        VECHE_CHECK(read_head(journal));
        tables_ = std::make_unique<store::own_sqlite_tables>(std::move(journal));
        // After the checkpoint, so that whichever key signed it is among them.
        const auto key = VECHE_TRY(store::read_log_key(folder_ / store::log_key_name));
        vkey = journal::format_verifier_key({origin, key.public_key});
        keys = VECHE_TRY(store::key_history::in_folder(folder_));
        return {};
    }
    result<std::shared_ptr<store::contents>> papers() override {
        return store::open_papers(folder_);
    }
    result<std::vector<secret_file>> secrets(const fs::path&) override {
        std::vector<secret_file> found;
        for (const char* name : {"accounts", "follows", "sealed"}) {
            const fs::path file = folder_ / (std::string(name) + ".sqlite");
            if (fs::exists(file)) found.push_back({name, file});
        }
        return found;
    }

  private:
    /// Entries under the head never change, so only it and its checkpoint are of one transaction.
    result<void> read_head(store::database& file) {
        VECHE_CHECK(file.execute("BEGIN"));
        head = VECHE_TRY(store::sqlite_store::end_of(file));
        store::statement last(file, newest_note);
        if (VECHE_TRY(last.step())) checkpoint = std::string(last.text(0));
        last.reset();
        return file.execute("COMMIT");
    }

    const fs::path folder_;
};

class union_on_server final : public backup_source {
  public:
    union_on_server(store::union_place at, store::copy_rows rows)
        : at_(std::move(at)), rows_(std::move(rows)) {}

    /// The guard says whose journal it is and which keys sign it, and is asked for nothing else:
    /// what was signed last is in no backup.
    result<void> open() {
        names_ = VECHE_TRY(store::part_names::on(at_.url));
        const auto guard = VECHE_TRY(store::shared_guard::at(at_.url, names_.guard, {}));
        origin = guard->origin();
        VECHE_CHECK(read_journal());
        // After the checkpoint, so that whichever key signed it is among them.
        VECHE_CHECK(guard->last());
        vkey = guard->other_key().value_or(guard->vkey());
        keys = VECHE_TRY(store::keys_by(*guard, at_.folder));
        return {};
    }
    result<std::shared_ptr<store::contents>> papers() override {
        return store::open_papers(at_.url);
    }
    result<std::vector<secret_file>> secrets(const fs::path& aside) override {
        const auto made = [&](const char* name) {
            const fs::path file = aside / (std::string(name) + ".made");
            fs::remove(file);
            return secret_file{name, file, true};
        };
        std::vector<secret_file> all{made("accounts"), made("follows"), made("sealed")};
        VECHE_CHECK(copy_desk_rows(names_.desk, all[0].file, all[1].file));
        VECHE_CHECK(copy_sealed(names_.sealed, all[2].file));
        return all;
    }

  private:
    /// What the standbys do not have yet could still be lost, and would make the backup another
    /// history.
    result<void> read_journal() {
        auto reading = VECHE_TRY(store::session::open(at_.url));
        VECHE_CHECK(store::postgres_store::confirm(reading));
        VECHE_CHECK(reading.begin_reading());
        head = VECHE_TRY(store::postgres_store::end_of(reading));
        const store::rows last = VECHE_TRY(reading.run(newest_note));
        if (last.count() == 1) checkpoint = std::string(last.bytes(0, 0));
        tables_ = std::make_unique<store::own_postgres_tables>(std::move(reading));
        return {};
    }
    result<void> copy_desk_rows(const std::string& schema, const fs::path& accounts,
                                const fs::path& follows) {
        const auto desk = VECHE_TRY(store::postgres_moment::open(at_.url, schema));
        const auto people = VECHE_TRY(store::sqlite_rows::open(accounts, store::row_file::beside));
        const auto others = VECHE_TRY(store::sqlite_rows::open(follows, store::row_file::beside));
        if (!rows_) return {};
        VECHE_CHECK(rows_(*desk, *desk, *people, *others));
        VECHE_CHECK(people->run("DELETE FROM session"));
        return {};
    }
    result<void> copy_sealed(const std::string& schema, const fs::path& file) {
        const auto from = VECHE_TRY(store::postgres_moment::open(at_.url, schema));
        const auto to = VECHE_TRY(store::sqlite_rows::open(file, store::row_file::beside));
        VECHE_CHECK(store::sealed_store::prepare(*to));
        VECHE_CHECK(to->take_form(store::schema_form));
        return store::sealed_store::copy(*from, *to);
    }

    const store::union_place at_;
    const store::copy_rows rows_;
    store::part_names names_;
};

}  // namespace

result<void> backup_source::read(std::uint64_t from, std::uint64_t to,
                                 const std::function<result<void>(std::string_view)>& take) {
    std::uint64_t next = from;
    const auto one = [&](std::uint64_t seq, std::string_view leaf,
                         std::string_view bytes) -> result<void> {
        if (seq != next)
            return refuse(store::refusals::not_contiguous, {}, std::to_string(next),
                          std::to_string(to));
        if (as_bytes(journal::leaf_hash(bytes)) != leaf)
            return refuse(store::refusals::entry_differs, {}, std::to_string(next));
        ++next;
        return take(bytes);
    };
    VECHE_CHECK(tables_->entries(from, to, one));
    if (next == to) return {};
    return refuse(store::refusals::not_contiguous, {}, std::to_string(next), std::to_string(to));
}

result<std::unique_ptr<backup_source>> open_source(const fs::path& where,
                                                   const store::copy_rows& rows) {
    const auto at = VECHE_TRY(store::union_place::of(where));
    if (at.url.empty()) {
        auto found = std::make_unique<union_in_folder>(at.folder);
        VECHE_CHECK(found->open());
        return found;
    }
    auto found = std::make_unique<union_on_server>(at, rows);
    VECHE_CHECK(found->open());
    return found;
}

}  // namespace veche::upkeep
