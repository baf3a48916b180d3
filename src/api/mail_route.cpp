#include "api/mail_route.hpp"

#include <algorithm>
#include <mutex>

#include <curl/curl.h>

#include "api/mail_message.hpp"
#include "api/refusal.hpp"

namespace veche::api {
namespace {

struct closer {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What is still to be handed over.
struct unsent {
    const std::string* bytes;
    std::size_t at = 0;
};

std::size_t read_more(char* into, std::size_t size, std::size_t count, void* from) {
    auto& rest = *static_cast<unsent*>(from);
    const std::size_t taken = std::min(size * count, rest.bytes->size() - rest.at);
    rest.bytes->copy(into, taken, rest.at);
    rest.at += taken;
    return taken;
}

/// Remembers the verb of the last command but QUIT, which ends every failure; by it a refused
/// sender is told from a refused recipient. Nothing else of what passes here is looked at, and
/// nothing is written anywhere.
int watch(CURL*, curl_infotype what, char* bytes, std::size_t size, void* verb) {
    constexpr std::size_t letters = 4;
    const std::string_view said(bytes, std::min(size, letters));
    if (what == CURLINFO_HEADER_OUT && said != "QUIT") *static_cast<std::string*>(verb) = said;
    return 0;
}

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

bool is_this_machine(std::string_view host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

/// A name or an address, nothing that would mean more in a URL.
bool is_host(std::string_view host) {
    return !host.empty() && host.find_first_not_of(
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU"
                                "VWXYZ0123456789.-:") == std::string_view::npos;
}

class smtp_route final : public mail_route {
  public:
    explicit smtp_route(mail_settings with) : with_(std::move(with)) {
        start_library();
        handle_.reset(curl_easy_init());
    }

    mail_answer send(const std::string& to, const std::string& bytes) override {
        if (!handle_) return {mail_outcome::unreachable, 0, "no memory"};
        const std::unique_ptr<curl_slist, closer> recipients(
            curl_slist_append(nullptr, ("<" + to + ">").c_str()));
        unsent rest{&bytes};
        std::string verb;
        prepare();
        set(CURLOPT_VERBOSE, 1L);
        set(CURLOPT_DEBUGFUNCTION, &watch);
        set(CURLOPT_DEBUGDATA, &verb);
        set(CURLOPT_MAIL_RCPT, recipients.get());
        set(CURLOPT_READDATA, &rest);
        const CURLcode code = curl_easy_perform(handle_.get());
        long reply = 0;
        curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &reply);
        return answer_of(code, reply, verb, rest.at > 0);
    }

  private:
    template <class Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(handle_.get(), option, value);
    }

    /// Options are cleared for each mail; the connection stays.
    void prepare() {
        curl_easy_reset(handle_.get());
        const bool v6 = with_.host.find(':') != std::string::npos;
        const std::string url = std::string(with_.tls == mail_tls::tls ? "smtps" : "smtp") + "://" +
                                (v6 ? "[" + with_.host + "]" : with_.host) + ":" +
                                std::to_string(with_.port) + "/" +
                                with_.from.substr(with_.from.rfind('@') + 1);
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        set(CURLOPT_PROXY, "");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_CONNECTTIMEOUT, 15L);
        set(CURLOPT_TIMEOUT, static_cast<long>(with_.timeout_s));
        set(CURLOPT_USE_SSL,
            static_cast<long>(with_.tls == mail_tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!with_.ca_file.empty()) set(CURLOPT_CAINFO, with_.ca_file.c_str());
        if (!with_.login.empty()) {
            set(CURLOPT_USERNAME, with_.login.c_str());
            set(CURLOPT_PASSWORD, with_.password.c_str());
        }
        set(CURLOPT_MAIL_FROM, sender_.c_str());
        set(CURLOPT_READFUNCTION, &read_more);
        set(CURLOPT_UPLOAD, 1L);
    }

    static mail_answer answer_of(CURLcode code, long reply, std::string_view verb, bool begun) {
        if (code == CURLE_OK) return {mail_outcome::taken, reply, {}};
        constexpr long not_now = 400;
        constexpr long never = 500;
        constexpr long login_wanted = 530;
        mail_answer out{mail_outcome::unreachable, reply, curl_easy_strerror(code)};
        if (begun)
            // A mail whose contents the server does not want is no fault of the address.
            out.outcome = reply >= not_now ? mail_outcome::not_now : mail_outcome::lost;
        else if (verb == "RCPT" && reply >= never && reply != login_wanted)
            out.outcome = mail_outcome::refused;
        else if (verb == "RCPT" && reply >= not_now)
            out.outcome = mail_outcome::not_now;
        return out;
    }

    const mail_settings with_;
    const std::string sender_ = "<" + with_.from + ">";
    std::unique_ptr<CURL, closer> handle_;
};

}  // namespace

result<std::unique_ptr<mail_route>> open_mail_route(mail_settings with) {
    if (!is_host(with.host)) return refuse(refusals::mail_settings, "host", "the host is no name");
    if (!is_mail_address(with.from))
        return refuse(refusals::mail_settings, "from", "the sender is no address");
    if (with.tls == mail_tls::none && !with.login.empty() && !is_this_machine(with.host))
        return refuse(refusals::mail_settings, "tls",
                      "a login does not travel without TLS to another machine");
    return std::unique_ptr<mail_route>(std::make_unique<smtp_route>(std::move(with)));
}

}  // namespace veche::api
