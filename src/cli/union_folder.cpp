#include "cli/union_folder.hpp"

namespace veche::cli {

result<std::unique_ptr<union_folder>> union_folder::open(const std::filesystem::path& where,
                                                         office::options with) {
    auto files = VECHE_TRY(store::open_folder(where));
    return open(std::move(files), std::move(with));
}

result<std::unique_ptr<union_folder>> union_folder::open(const store::union_place& at,
                                                         office::options with) {
    auto files = VECHE_TRY(store::open_union(at));
    return open(std::move(files), std::move(with));
}

result<std::unique_ptr<union_folder>> union_folder::open(store::union_folder files,
                                                         office::options with) {
    std::unique_ptr<union_folder> made(new union_folder(std::move(files)));
    made->office_ = VECHE_TRY(
        office::office::open(*made->files_.journal, *made->files_.publisher, std::move(with)));
    made->sealed_ = std::make_unique<api::sealed_desk>(*made->office_, *made->files_.sealed,
                                                       made->files_.papers);
    return made;
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
