#pragma once
// A union's own tables as a log to verify.

#include <memory>

#include "store/folder.hpp"

namespace veche::cli {

/// Its entries are read once, compared with all that the tables hold beside them (store.inspect),
/// and handed on; all else is what the union publishes.
class tables_source final : public journal::log_source {
  public:
    /// Opens the union without reading it, and signs what was appended since the last checkpoint,
    /// so that it is verified too: nobody has read those entries then, but the tree that they left
    /// in the tables is the one that their writer noted beside it.
    static result<std::unique_ptr<tables_source>> open(const std::filesystem::path& where);

    result<std::string> fetch(const std::string& path) override { return published_.fetch(path); }
    result<void> entries(std::uint64_t size, const journal::take_entry&) override;

    /// What is wrong with the tables, if anything was found; whoever folds the entries may have
    /// found something in them before.
    [[nodiscard]] const refusal* broken() const { return broken_ ? &*broken_ : nullptr; }
    [[nodiscard]] std::string vkey() const { return of_.publisher->vkey(); }
    [[nodiscard]] const std::string& origin() const { return of_.publisher->origin(); }

  private:
    explicit tables_source(store::union_folder of)
        : of_(std::move(of)), published_(*of_.publisher) {}

    const store::union_folder of_;
    journal::publisher_source published_;
    std::optional<refusal> broken_;
};

}  // namespace veche::cli
