#include "cli/union_folder.hpp"

#include "upkeep/refusal.hpp"

namespace veche::cli {

namespace {

/// A change of the log's key that was broken off between its entry and its checkpoint is finished
/// before anything is signed with the old one.
result<void> check_key(const office::office& office, const store::union_folder& files) {
    std::optional<people::log_key> used;
    office.read([&](const office::state& s) {
        if (const auto* key = people::log_key_in_use(s.people)) used = *key;
    });
    const auto latest = files.journal->latest_checkpoint();
    if (!used || files.copy || used->vkey == files.publisher->vkey() ||
        (latest && latest->size > used->taken->seq))
        return {};
    return refuse(upkeep::refusals::key_change_unfinished, {}, std::to_string(used->taken->seq));
}

}  // namespace

result<std::unique_ptr<union_folder>> union_folder::open(const std::filesystem::path& folder,
                                                         office::options with) {
    auto files = VECHE_TRY(store::open_folder(folder));
    if (files.copy) {
        // Its clock stands at its last entry: what a reader sees is what was to be seen then.
        with.now = [at = files.copy->at] { return at; };
        with.ticker = false;
    }
    std::unique_ptr<union_folder> made(new union_folder(std::move(files)));
    made->office_ = VECHE_TRY(
        office::office::open(*made->files_.journal, *made->files_.publisher, std::move(with)));
    VECHE_CHECK(check_key(*made->office_, made->files_));
    made->sealed_ = std::make_unique<api::sealed_desk>(*made->office_, *made->files_.sealed,
                                                       papers_folder(folder));
    return made;
}

}  // namespace veche::cli
