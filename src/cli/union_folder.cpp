#include "cli/union_folder.hpp"

namespace veche::cli {

result<std::unique_ptr<union_folder>> union_folder::open(const std::filesystem::path& folder,
                                                         office::options with) {
    auto files = VECHE_TRY(store::open_folder(folder));
    std::unique_ptr<union_folder> made(new union_folder(std::move(files)));
    auto from = find_snapshot(folder, made->files_.publisher->origin(), *made->files_.journal);
    if (from) made->snapshot_size_ = from->state.size;
    made->office_ = VECHE_TRY(office::office::open(*made->files_.journal, *made->files_.publisher,
                                                   std::move(with), std::move(from)));
    made->sealed_ = std::make_unique<api::sealed_desk>(*made->office_, *made->files_.sealed,
                                                       papers_folder(folder));
    return made;
}

void union_folder::keep_snapshots() {
    snapshots_ =
        std::make_unique<snapshot_keeper>(files_.path, *office_, *files_.journal, snapshot_size_);
}

}  // namespace veche::cli
