#include "api/door.hpp"

#include "api/cookies.hpp"
#include "api/log.hpp"
#include "api/refusal.hpp"
#include "api/uuid.hpp"
#include "api/vitals.hpp"
#include "people/commands.hpp"
#include "people/refusal.hpp"

namespace veche::api {
namespace {

// The prefix makes browsers insist on Secure, Path=/ and no Domain; it works over TLS only.
constexpr std::string_view secure_name = "__Host-veche";
constexpr std::string_view plain_name = "veche";

std::string_view cookie_name(const request& req) {
    return req.secure ? secure_name : plain_name;
}

std::string cookie_of(const request& req, std::string_view token, std::int64_t max_age_s) {
    return to_set_cookie(cookie_name(req), token, {.secure = req.secure, .max_age_s = max_age_s});
}

}  // namespace

door::door(account_store& accounts, door_settings settings, std::function<std::int64_t()> now_ms)
    : accounts_(accounts),
      now_ms_(std::move(now_ms)),
      by_address_(settings.by_address),
      by_login_(settings.by_login),
      by_both_(settings.by_both),
      nonces_(accounts) {}

result<void> door::admit_login(const request& req, const std::string& login, std::int64_t now) {
    const std::string network = network_of(req.remote);
    std::int64_t wait_s = by_address_.take(network, now);
    if (wait_s == 0) wait_s = by_both_.take(network + " " + login, now);
    if (wait_s == 0) wait_s = by_login_.take(login, now);
    if (wait_s == 0) return {};
    log::write(log::level::warning, "login_limited");
    figures::of_program().count_limited(limited::login);
    return refuse(refusals::too_many_requests, {}, std::to_string(wait_s));
}

std::string door::open(const request& req, const person_id& person, const std::string& login,
                       std::int64_t now) {
    sign_out(req);
    by_address_.give_back(network_of(req.remote));
    log::write(log::level::info, "login", {{"person", person.value}});
    return cookie_of(req, accounts_.open_session(login, now), session_most_ms / 1000);
}

result<std::string> door::sign_in(const request& req, std::string_view name,
                                  std::string_view password) {
    const std::int64_t now = now_ms_();
    const std::string login(name.substr(0, 64));
    VECHE_CHECK(admit_login(req, login, now));
    auto person = accounts_.verify(std::string(name), password);
    if (!person) {
        // Not the name: people type passwords into the wrong field.
        log::write(log::level::warning, "login_refused",
                   {{"code", std::string(person.error().code())}});
        return tl::unexpected(std::move(person).error());
    }
    return open(req, *person, login, now);
}

std::string door::login_nonce() {
    return nonces_.give(now_ms_());
}

/// The account that the passkey opens.
result<account> door::account_of_passkey(const pages::passkey_answer& answer,
                                         const office::office& office, std::string_view public_url,
                                         std::int64_t now) {
    if (!nonces_.is_good(answer.nonce, now)) return refuse(refusals::passkey_nonce_spent);
    const passkey_found found = VECHE_TRY(find_passkey(office, answer, public_url));
    if (!nonces_.use(answer.nonce, now)) return refuse(refusals::passkey_nonce_spent);
    if (!accounts_.count_use(found.public_key, found.uses)) return refuse(refusals::passkey_copied);
    auto login = accounts_.login_of(found.person);
    if (!login) return refuse(refusals::passkey_unknown);
    return account{*std::move(login), found.person, false};
}

result<std::string> door::sign_in_by_passkey(const request& req,
                                             const pages::passkey_answer& answer,
                                             const office::office& office,
                                             std::string_view public_url) {
    const std::int64_t now = now_ms_();
    // No login name has a space, so passkeys and names never share a bucket.
    VECHE_CHECK(admit_login(req, "passkey " + passkey_key_id(answer.credential), now));
    const auto opens = account_of_passkey(answer, office, public_url, now);
    if (!opens) {
        log::write(log::level::warning, "login_refused",
                   {{"code", std::string(opens.error().code())}});
        return tl::unexpected(opens.error());
    }
    return open(req, opens->person, opens->login, now);
}

/// First tried on the journal, then the password, then said: whoever has the code may have both,
/// and a password that was set without an entry was set by the one who has it.
result<std::string> door::recover(const request& req, const pages::recovery_asked& asked,
                                  office::office& office) {
    const std::int64_t now = now_ms_();
    const std::string person = asked.person.substr(0, 64);
    // No login name has a space, so that recoveries share a bucket with nothing else.
    VECHE_CHECK(admit_login(req, "recovery " + person, now));
    const person_id who{person};
    const std::string body = to_json(people::complete_recovery{asked.code});
    constexpr std::string_view type = people::complete_recovery::wire.type;
    const auto good = is_identifier(person) && asked.code.size() <= 64;
    const auto login = good ? accounts_.login_of(who) : std::nullopt;
    if (!login) return refuse(people::refusals::code_wrong, "code");
    VECHE_CHECK(office.rehearse(type, body, who, person));
    VECHE_CHECK(accounts_.reset(*login, asked.password));
    VECHE_CHECK(office.submit_unsigned(type, body, who, person, make_uuid7(now)));
    by_address_.give_back(network_of(req.remote));
    log::write(log::level::info, "account_recovered", {{"person", person}});
    return *login;
}

std::string door::sign_out(const request& req) {
    if (const std::string* token = req.cookie(cookie_name(req))) accounts_.close_session(*token);
    return cookie_of(req, "", 0);
}

std::optional<login_session> door::who(const request& req) {
    const std::string* token = req.cookie(cookie_name(req));
    if (token == nullptr) return std::nullopt;
    return accounts_.find_session(*token, now_ms_());
}

bool door::has_session_cookie(const request& req) {
    return req.cookie(cookie_name(req)) != nullptr;
}

bool is_same_origin(const request& req, std::string_view public_url) {
    const std::string_view origin = req.header("origin");
    if (origin.empty()) {
        const std::string_view site = req.header("sec-fetch-site");
        return site.empty() || site == "same-origin" || site == "none";
    }
    if (!public_url.empty() && origin == public_url) return true;
    const std::string own = (req.secure ? "https://" : "http://") + std::string(req.header("host"));
    return origin == own;
}

}  // namespace veche::api
