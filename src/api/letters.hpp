#pragma once
// The mails that a follower gets, in their language, with times in the union's zone.

#include <memory>

#include "api/follow_store.hpp"
#include "api/mail_message.hpp"
#include "office/office.hpp"
#include "render/catalogue.hpp"

namespace veche::api {

class letters {
  public:
    /// `public_url`: the site's address, without a slash at the end; `from`: the sender's. Office
    /// and catalogues outlive it.
    letters(const office::office&, const render::catalogues&, std::string public_url,
            std::string from);
    ~letters();
    letters(const letters&) = delete;
    letters& operator=(const letters&) = delete;

    /// The names of the charter are read now and used until the next call: once for many mails.
    void read_charter();
    /// The mail; the same one for the same arguments but for its date. Nothing where there is
    /// nothing to say.
    [[nodiscard]] std::optional<mail_message> write(const follower& to, const due_mail&,
                                                    const std::vector<news_row>&, instant at) const;
    /// A mail that only says that mail arrives.
    [[nodiscard]] mail_message trial(const std::string& to, instant at) const;

  private:
    struct reading;
    const office::office& office_;
    const render::catalogues& texts_;
    const std::string public_url_;
    const std::string from_;
    std::unique_ptr<const reading> reading_;
};

}  // namespace veche::api
