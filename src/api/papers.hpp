#pragma once
// Papers by the SHA-256 of their bytes: the journal names them by that hash, the bytes lie beside
// it.

#include <filesystem>

#include "api/account_store.hpp"
#include "api/http.hpp"
#include "api/messages.hpp"
#include "api/pages/pages.hpp"
#include "store/contents.hpp"

namespace veche::api {

class papers final : public pages::paper_shelf {
  public:
    static constexpr std::size_t largest_bytes = 20 * 1024 * 1024;

    explicit papers(const std::filesystem::path& folder)
        : shelf_(std::make_shared<store::folder_contents>(folder)) {}
    explicit papers(std::shared_ptr<store::contents> shelf) : shelf_(std::move(shelf)) {}

    /// Whether uploads may come to this path: ours, and those of pages that take papers.
    static bool takes(std::string_view path);

    /// POST /api/papers by someone who is logged in, GET /api/papers/HASH by anyone; nothing for
    /// other addresses.
    std::optional<response> handle(const request&, const std::optional<login_session>&);

    /// Refuses files that are too large and media types that a browser would run.
    static result<void> check(std::string_view bytes, std::string_view media);
    /// Keeps the bytes and says how the journal names them.
    result<paper_answer> put(std::string_view bytes, std::string_view media);
    result<std::string> keep(std::string_view bytes, std::string_view media) override;
    [[nodiscard]] result<std::string> fetch(std::string_view hash) const override;

  private:
    result<response> answer(const request&, const std::optional<login_session>&);
    [[nodiscard]] result<response> get(std::string_view hash) const;

    const std::shared_ptr<store::contents> shelf_;
};

/// What the bytes are, as far as a browser may show them: PDF, PNG, JPEG, plain text, otherwise
/// application/octet-stream. What the uploader claimed does not count.
std::string_view media_of(std::string_view bytes);

}  // namespace veche::api
