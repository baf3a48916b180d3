#include "upkeep/backup.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/tiles.hpp"
#include "store/folder.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/database.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/source.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

/// One run of a backup.
class run {
  public:
    explicit run(const backup_options& with) : with_(with) {}
    ~run() {
        if (lock_ >= 0) ::close(lock_);
    }
    run(const run&) = delete;
    run& operator=(const run&) = delete;

    result<backup_report> go() {
        if (!store::is_union(with_.from))
            return refuse(store::refusals::folder_missing, {}, with_.from.string());
        VECHE_CHECK(take_place());
        const auto from = VECHE_TRY(open_source(with_.from, with_.rows));
        VECHE_CHECK(describe_journal(*from));
        VECHE_CHECK(take_entries(*from));
        VECHE_CHECK(take_keys(*from));
        from->leave_journal();
        VECHE_CHECK(take_papers(*from));
        if (with_.secrets) VECHE_CHECK(take_secrets(*from));
        std::sort(made_.files.begin(), made_.files.end(),
                  [](const file_row& a, const file_row& b) { return a.path < b.path; });
        VECHE_CHECK(write_manifest(with_.to, made_));
        remove_replaced();
        report_.entries = made_.size;
        report_.root = made_.root;
        report_.to = with_.to.string();
        return std::move(report_);
    }

  private:
    /// The place is empty, or holds a backup; nobody else writes to it.
    result<void> take_place() {
        std::error_code error;
        const bool fresh = !fs::exists(with_.to / manifest_name, error);
        fs::create_directories(with_.to, error);
        for (const auto& each : fs::directory_iterator(with_.to, error)) {
            const std::string name = each.path().filename().string();
            const bool ours = name == "lock" || name == "journal" || name == "papers" ||
                              name == "secrets" || name == "manifest.new";
            if (fresh && !ours) return refuse(refusals::not_a_backup_place, {}, with_.to.string());
        }
        lock_ = ::open((with_.to / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock_ < 0)
            return refuse(refusals::file_failed, {}, (with_.to / "lock").string(),
                          "cannot be made");
        if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
            return refuse(refusals::backup_busy, {}, with_.to.string());
        // With secrets in it the place is the owner's alone.
        if (with_.secrets) ::chmod(with_.to.c_str(), S_IRWXU);
        if (fresh) return {};
        before_ = VECHE_TRY(read_manifest(with_.to));
        for (const file_row& row : before_->files) old_[row.path] = &row;
        return {};
    }

    result<void> describe_journal(const backup_source& from) {
        made_.form = backup_form;
        made_.release = with_.release;
        made_.at = with_.now;
        made_.secrets = with_.secrets;
        made_.origin = from.origin;
        made_.vkey = from.vkey;
        made_.checkpoint = from.checkpoint;
        made_.size = static_cast<std::int64_t>(from.head.next);
        made_.root = to_base64(as_bytes(from.head.edge.root()));
        made_.edge = to_hex(from.head.edge.to_bytes());
        if (before_ && before_->origin != made_.origin)
            return refuse(refusals::backup_of_another, {}, before_->origin, made_.origin);
        if (before_ && before_->size > made_.size)
            return refuse(refusals::backup_ahead, {}, std::to_string(before_->size),
                          std::to_string(made_.size));
        return {};
    }

    /// Whole segments that are there already stay; from the first that is not whole on they are
    /// written, and the new entries must grow the old tree into the new root.
    result<void> take_entries(backup_source& from) {
        journal::frontier tree;
        const std::uint64_t had = before_ ? static_cast<std::uint64_t>(before_->size) : 0;
        if (before_) {
            auto edge = journal::frontier::from_bytes(had, from_hex(before_->edge).value_or(""));
            if (!edge)
                return refuse(refusals::backup_damaged, {}, manifest_name, "has an unsound edge");
            tree = *std::move(edge);
        }
        std::uint64_t first = 0;
        for (; first + segment_entries <= had; first += segment_entries)
            VECHE_CHECK(keep_row(segment_path(first, first + segment_entries)));
        for (const std::uint64_t size = from.head.next; first < size; first += segment_entries) {
            const std::uint64_t end = std::min(first + segment_entries, size);
            std::string bundle;
            std::uint64_t at = first;
            VECHE_CHECK(from.read(first, end, [&](std::string_view entry) {
                journal::append_to_bundle(bundle, entry);
                if (at++ >= had) tree.append(journal::leaf_hash(entry));
                return result<void>{};
            }));
            VECHE_CHECK(same_start(first, had, bundle));
            VECHE_CHECK(put(segment_path(first, end), bundle, false));
            if (with_.progress) with_.progress(end, size);
        }
        if (tree.root() != from.head.edge.root())
            return refuse(refusals::backup_differs, {}, std::to_string(had));
        report_.fresh = static_cast<std::int64_t>(from.head.next - had);
        return {};
    }

    /// The segment that is written again begins with the entries that the backup has of it.
    result<void> same_start(std::uint64_t first, std::uint64_t had, const std::string& bundle) {
        if (first >= had) return {};
        const std::string old = VECHE_TRY(file_bytes(with_.to / segment_path(first, had)));
        if (bundle.starts_with(old)) return {};
        return refuse(refusals::backup_differs, {}, std::to_string(had));
    }

    result<void> take_keys(const backup_source& from) {
        if (from.keys.empty()) return {};
        const std::string text = from.keys.to_text();
        return put(handovers_path(text), text, false);
    }

    result<void> take_papers(backup_source& from) {
        const auto papers = VECHE_TRY(from.papers());
        const auto hashes = VECHE_TRY(papers->all());
        // A paper that is gone from the union is damage there, and no reason to lose it here.
        if (before_)
            for (const file_row& row : before_->files)
                if (row.path.starts_with("papers/")) VECHE_CHECK(keep_row(row.path));
        for (const std::string& hash : hashes) {
            const std::string path = "papers/" + hash.substr(0, 2) + "/" + hash;
            if (old_.contains(path)) continue;
            const auto bytes = papers->read(hash);
            if (!bytes && !is_damage(bytes.error())) return tl::unexpected(bytes.error());
            if (!bytes) {
                report_.damaged.push_back(hash);
                continue;
            }
            VECHE_CHECK(put(path, *bytes, false));
            ++report_.papers;
        }
        return {};
    }

    /// A server that does not answer is no damage of its papers.
    static bool is_damage(const refusal& why) {
        return why.kind == &store::refusals::content_differs ||
               why.kind == &store::refusals::content_missing;
    }

    result<void> take_secrets(backup_source& from) {
        const fs::path aside = with_.to / "secrets";
        std::error_code error;
        fs::create_directories(aside, error);
        const auto secrets = VECHE_TRY(from.secrets(aside));
        for (const auto& secret : secrets) {
            VECHE_CHECK(take_secret(secret.name, secret.file));
            if (secret.made) fs::remove(secret.file, error);
        }
        return {};
    }

    /// A copy that SQLite makes of a file that may be in use: one moment of it, and without pages
    /// that were given free, so that what was destroyed is not in it.
    result<void> take_secret(const std::string& name, const fs::path& file) {
        const fs::path aside = with_.to / "secrets" / (name + ".new");
        std::error_code error;
        fs::remove(aside, error);
        {
            auto from = VECHE_TRY(store::database::open(file.string(), store::access::read));
            store::statement copy(from, "VACUUM INTO ?1");
            VECHE_CHECK(copy.bind_text(1, aside.string()).run());
        }
        ::chmod(aside.c_str(), S_IRUSR | S_IWUSR);
        VECHE_CHECK(sync_path(aside));
        const std::string bytes = VECHE_TRY(file_bytes(aside));
        const std::string hash = to_hex(sha256(bytes));
        const std::string path = "secrets/" + name + "-" + hash.substr(0, 16) + ".sqlite";
        if (old_.contains(path)) {
            fs::remove(aside, error);
            return keep_row(path);
        }
        fs::rename(aside, with_.to / path, error);
        if (error) return refuse(refusals::file_failed, {}, path, "cannot be put in its place");
        VECHE_CHECK(sync_path((with_.to / path).parent_path()));
        add_row(path, hash, bytes.size());
        return {};
    }

    result<void> put(const std::string& path, std::string_view bytes, bool secret) {
        if (old_.contains(path)) return keep_row(path);
        VECHE_CHECK(put_file(with_.to / path, bytes, secret));
        add_row(path, to_hex(sha256(bytes)), bytes.size());
        return {};
    }

    void add_row(const std::string& path, const std::string& hash, std::size_t size) {
        made_.files.push_back({path, hash, static_cast<std::int64_t>(size)});
        report_.written += static_cast<std::int64_t>(size);
    }

    /// A file of the backup before. Its size is looked at, and no more: `--check` reads all.
    result<void> keep_row(const std::string& path) {
        const auto row = old_.find(path);
        std::error_code error;
        if (row == old_.end())
            return refuse(refusals::backup_damaged, {}, path, "is not in the manifest");
        const auto size = static_cast<std::uint64_t>(row->second->size);
        if (fs::file_size(with_.to / path, error) != size || error)
            return refuse(refusals::backup_damaged, {}, path, "is missing or of another size");
        made_.files.push_back(*row->second);
        return {};
    }

    /// What the manifest no longer names, also of a run that was broken off.
    void remove_replaced() {
        std::set<std::string> named;
        for (const file_row& row : made_.files) named.insert(row.path);
        std::vector<fs::path> old;
        std::error_code ignored;
        for (const char* part : {"journal", "secrets"})
            for (const auto& each : fs::directory_iterator(with_.to / part, ignored))
                if (!named.contains(part + ("/" + each.path().filename().string())))
                    old.push_back(each.path());
        for (const fs::path& file : old) fs::remove(file, ignored);
    }

    const backup_options& with_;
    int lock_ = -1;
    std::optional<manifest> before_;
    std::map<std::string, const file_row*> old_;  ///< its files, by path
    manifest made_;
    backup_report report_;
};

}  // namespace

result<backup_report> back_up(const backup_options& with) {
    return run(with).go();
}

}  // namespace veche::upkeep
