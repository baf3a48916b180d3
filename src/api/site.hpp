#pragma once
// The whole site: the API, the journal's public files, the papers, and the pages, with what holds
// for every answer: security headers, caching, the check of origin, rate limits.

#include "api/endpoints.hpp"
#include "api/journal_files.hpp"
#include "api/pages/pages.hpp"
#include "api/papers.hpp"
#include "api/rate_limit.hpp"
#include "api/sealed_desk.hpp"
#include "api/vitals.hpp"

namespace veche::api {

class site final : public http_handler {
  public:
    struct parts {
        office::office& office;
        door& entrance;
        endpoints& api;
        journal_files& journal;
        papers& library;
        const pages::site& pages;
        std::string public_url;
        sealed_desk* sealed = nullptr;    ///< without it nothing sealed is taken or handed out
        follow_store* follows = nullptr;  ///< without it nobody follows with an account
        bool mails = false;               ///< whether mail is sent
        std::string licence{};            ///< of what the public sees; "" says nothing
        finding_queue* queue = nullptr;   ///< without it nobody asks for findings
        const vitals* health = nullptr;   ///< without it /health only says that it serves
    };
    explicit site(parts of) : parts_(std::move(of)) {}

    response handle(const request&) override;
    [[nodiscard]] std::size_t body_limit(std::string_view method,
                                         std::string_view path) const override;
    [[nodiscard]] bool blocks(const request&) const override;

  private:
    response route(const request&, const std::optional<login_session>&);
    response page(const request&, const std::optional<login_session>&);

    /// Whoever has no account sends few reports of barriers.
    result<void> admit_report(const request&);

    parts parts_;
    rate_limiter reports_{{.burst = 5, .per_second = 1.0 / 120}};
};

/// Headers that tell browsers to trust nothing but our own files (content security policy without
/// inline script or style), to guess no media types, to leak no addresses and to frame no page.
void add_security_headers(const request&, response&);

}  // namespace veche::api
