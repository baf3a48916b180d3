#include "cli/union_folder.hpp"

namespace veche::cli {

result<std::unique_ptr<union_folder>> union_folder::open(const std::filesystem::path& folder,
                                                         office::options with) {
    auto files = VECHE_TRY(store::open_folder(folder));
    std::unique_ptr<union_folder> made(new union_folder(std::move(files)));
    made->office_ = VECHE_TRY(
        office::office::open(*made->files_.journal, *made->files_.publisher, std::move(with)));
    made->sealed_ = std::make_unique<api::sealed_desk>(*made->office_, *made->files_.sealed,
                                                       papers_folder(folder));
    return made;
}

}  // namespace veche::cli
