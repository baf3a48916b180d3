// Signing in and out, and what waits for the person who is signed in.

#include <algorithm>

#include "api/multipart.hpp"
#include "api/pages/command_source.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "assembly/views.hpp"
#include "office/admission.hpp"
#include "people/views.hpp"

namespace veche::api::pages {
namespace {

struct login_page {
    std::string name;
    std::string back;
    std::string fault;
};
VECHE_FIELDS(login_page, (name, "Login name as entered."), (back, "Where to go afterwards."),
             (fault, "Why it failed."))

/// An address on this site in harmless characters, or the front page.
std::string safe_address(const visit& here, std::string_view back) {
    const bool harmless = std::all_of(back.begin(), back.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~/?=&%+").find(c) != std::string_view::npos;
    });
    const bool ours = back.size() > 3 && back.front() == '/' && back[1] != '/' && back[3] == '/';
    return harmless && ours ? std::string(back) : here.link("");
}

response log_in(visit& here) {
    if (here.asked.method != "POST")
        return here.show("login",
                         login_page{"", safe_address(here, here.asked.query_value("back")), ""});
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    const std::string back = safe_address(here, sent->value("back"));
    const auto cookie =
        here.context.door.sign_in(here.asked, sent->value("name"), sent->value("password"));
    if (cookie) return here.redirect(back).add("Set-Cookie", *cookie);
    here.page.failed = true;
    return here.show(
        "login",
        login_page{std::string(sent->value("name")), back, here.texts.sentence(cookie.error())},
        cookie.error().kind->http_status);
}

response log_out(visit& here) {
    if (here.asked.method != "POST") return here.redirect(here.link(""));
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&refusals::form_expired, {}, {}});
    return here.redirect(here.link("")).add("Set-Cookie", here.context.door.sign_out(here.asked));
}

constexpr page_route routes[] = {{"login", log_in}, {"logout", log_out}};
constexpr template_need needs[] = {{"login", &describe<login_page>}};

}  // namespace

const page_group account_pages{routes, needs};

}  // namespace veche::api::pages
