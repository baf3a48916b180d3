#pragma once
// The desk of sealed files: takes them in, hands them to those whom the charter names, and carries
// out on the disk what the journal says was published or destroyed.

#include "api/account_store.hpp"
#include "api/http.hpp"
#include "api/pages/pages.hpp"
#include "api/papers.hpp"
#include "kernel/seal_ref.hpp"
#include "office/office.hpp"
#include "store/sealed_store.hpp"

namespace veche::api {

class sealed_desk final : public pages::sealed_shelf {
  public:
    /// Follows the office from now on, after catching up with what its journal says. All arguments
    /// must outlive the desk.
    sealed_desk(office::office&, store::sealed_store&, std::shared_ptr<store::contents> papers);
    sealed_desk(office::office& office, store::sealed_store& store,
                const std::filesystem::path& papers_folder)
        : sealed_desk(office, store, std::make_shared<store::folder_contents>(papers_folder)) {}
    ~sealed_desk() override;
    sealed_desk(const sealed_desk&) = delete;
    sealed_desk& operator=(const sealed_desk&) = delete;

    /// POST /api/sealed?name=NAME&class=CLASS by someone who is logged in; GET /api/sealed/COMMIT
    /// (salt and text) and GET /api/sealed/COMMIT/file by those who may read; nothing for other
    /// addresses.
    std::optional<response> handle(const request&, const std::optional<login_session>&);

    /// Seals a file under a fresh pseudonym.
    result<seal_ref> keep(std::string_view bytes, std::string_view media, std::string_view name,
                          sealed_class kind = sealed_class::closed) override;
    /// Salt and text for someone who may read them. Refusals of the room sealed;
    /// journal.seal_shredded; journal.seal_wrong where a byte on the disk is another.
    result<pages::opened_text> open(const sealed_id&, const person_id&) const override;
    /// The file that the text names, likewise.
    [[nodiscard]] result<pages::opened_file> open_file(const sealed_id&,
                                                       const person_id&) const override;

  private:
    result<response> answer(const request&, const std::optional<login_session>&);
    void follow(const office::notice&);
    /// What an entry, or the state at the start, says was done; a failure is logged and tried again
    /// at the next start.
    void publish(const sealed_id&) const;
    void destroy(const std::string& subject) const;

    office::office& office_;
    store::sealed_store& store_;
    mutable papers shelf_;
    std::uint64_t token_ = 0;
};

}  // namespace veche::api
