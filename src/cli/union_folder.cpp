#include "cli/union_folder.hpp"

#include "upkeep/refusal.hpp"

namespace veche::cli {

namespace {

/// The entry by which another key was taken into use that does not sign here yet.
std::optional<std::uint64_t> find_untaken_key(const office::office& office,
                                              const store::union_folder& files) {
    std::optional<people::log_key> used;
    office.read([&](const office::state& s) {
        if (const auto* key = people::log_key_in_use(s.people)) used = *key;
    });
    if (!used || files.copy || used->vkey == files.publisher->vkey()) return std::nullopt;
    // A key that signed in between, and was lost or left since, is not the one to come.
    const auto keys = files.keys();
    if (keys && (keys->had(used->vkey) || keys->change_to(used->vkey))) return std::nullopt;
    return used->taken->seq;
}

/// A change of the log's key that was broken off between its entry and its checkpoint is finished
/// before anything is signed with the old one. Where that was done already, as by the nodes that
/// ran on when somebody wrote the entry, it goes on until the change is finished.
result<void> check_key(const store::union_folder& files, std::optional<std::uint64_t> untaken) {
    const auto latest = files.journal->latest_checkpoint();
    if (!untaken || !files.publisher->signs() || (latest && latest->size > *untaken)) return {};
    return refuse(upkeep::refusals::key_change_unfinished, {}, std::to_string(*untaken));
}

}  // namespace

result<std::unique_ptr<union_folder>> union_folder::open(const std::filesystem::path& where,
                                                         office::options with) {
    auto files = VECHE_TRY(store::open_folder(where));
    return open(std::move(files), std::move(with));
}

result<std::unique_ptr<union_folder>> union_folder::open(const store::union_place& at,
                                                         office::options with, reading how) {
    const bool vouched = how == reading::after_snapshot && !at.folder.empty();
    auto files = VECHE_TRY(
        store::open_union(at, vouched ? known_by_snapshot(at.folder) : store::known_entries{}));
    return open(std::move(files), std::move(with));
}

result<std::unique_ptr<union_folder>> union_folder::open(store::union_folder files,
                                                         office::options with) {
    if (files.copy) {
        // Its clock stands at its last entry: what a reader sees is what was to be seen then.
        with.now = [at = files.copy->at] { return at; };
        with.ticker = false;
    }
    std::unique_ptr<union_folder> made(new union_folder(std::move(files)));
    auto from = made->files_.path.empty()
                    ? std::nullopt
                    : find_snapshot(made->files_.path, made->files_.publisher->origin(),
                                    *made->files_.journal);
    if (from) made->snapshot_size_ = from->state.size;
    made->office_ = VECHE_TRY(office::office::open(*made->files_.journal, *made->files_.publisher,
                                                   std::move(with), std::move(from)));
    made->untaken_key_ = find_untaken_key(*made->office_, made->files_);
    VECHE_CHECK(check_key(made->files_, made->untaken_key_));
    made->sealed_ = std::make_unique<api::sealed_desk>(*made->office_, *made->files_.sealed,
                                                       made->files_.papers);
    return made;
}

void union_folder::keep_snapshots() {
    if (files_.path.empty()) return;
    snapshots_ =
        std::make_unique<snapshot_keeper>(files_.path, *office_, *files_.journal, snapshot_size_);
}

void union_folder::inspect_rest(std::function<void(const refusal&)> on_fault,
                                std::function<void()> on_end) {
    if (files_.later) files_.later->start(std::move(on_fault), std::move(on_end));
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> union_folder::inspecting() const {
    if (!files_.later || files_.later->ended()) return std::nullopt;
    return std::pair{files_.later->done(), files_.later->of()};
}

result<std::unique_ptr<api::account_store>> union_folder::accounts(api::password_cost cost) {
    // On a server they were made with the union, by whoever may make tables there.
    if (!files_.accounts->shared()) VECHE_CHECK(api::account_store::prepare(*files_.accounts));
    return std::make_unique<api::account_store>(files_.accounts, cost);
}

result<std::unique_ptr<api::follow_store>> union_folder::follows() {
    if (!files_.follows->shared()) VECHE_CHECK(api::follow_store::prepare(*files_.follows));
    return std::make_unique<api::follow_store>(files_.follows);
}

}  // namespace veche::cli
