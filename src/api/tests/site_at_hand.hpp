#pragma once
// The whole site over a founded union in memory: asked without a socket.

#include "api/site.hpp"
#include "api/tests/temporary_folder.hpp"
#include "api/tests/union_at_hand.hpp"
#include "api/urlencoded.hpp"

namespace veche::api::testing {

inline const pages::site& all_pages() {
    static const pages::site loaded = [] {
        auto site = pages::site::load(veche::source_dir() + "/web");
        if (!site) throw std::runtime_error(site.error().field + ": " + site.error().sentence());
        return std::move(*site);
    }();
    return loaded;
}

struct site_at_hand {
    site_at_hand() {
        if (!accounts.add("anna", {"state-secretary"}, "correct horse"))
            throw std::runtime_error("no account");
    }

    union_at_hand at_hand;
    temporary_folder folder;
    account_store accounts{folder.path / "accounts.sqlite", password_cost::fast};
    std::function<std::int64_t()> now_ms = [this] { return at_hand.clock_ms.load(); };
    door entrance{accounts, {}, now_ms};
    endpoints api{*at_hand.office, entrance,         at_hand.entries,
                  "http://test",   {.acts = {5, 1}}, now_ms};
    journal_files files{at_hand.store, at_hand.publisher};
    papers library{folder.path / "papers"};
    site whole{{*at_hand.office, entrance, api, files, library, all_pages(), "http://test"}};
    pairs headers = {{"host", "test"}};
    pairs cookies;

    response ask(std::string method, std::string_view path, std::string body = "",
                 const pairs& more = {}) {
        request req;
        req.method = std::move(method);
        const auto mark = path.find('?');
        if (mark != std::string::npos)
            req.query = parse_urlencoded(std::string_view(path).substr(mark + 1)).value();
        req.path = path.substr(0, mark);
        req.body = std::move(body);
        req.remote = "192.0.2.1";
        req.headers = headers;
        req.headers.insert(req.headers.end(), more.begin(), more.end());
        req.cookies = cookies;
        return whole.handle(req);
    }
    void log_in() { cookies = {{"veche", accounts.open_session("anna", now_ms())}}; }
};

inline std::string header_of(const response& res, std::string_view name) {
    const std::string* value = find_value(res.headers, name);
    return value != nullptr ? *value : "";
}

}  // namespace veche::api::testing
