#include "api/web_client.hpp"

#include <mutex>

#include <curl/curl.h>

#include "api/refusal.hpp"

namespace veche::api {
namespace {

struct web_closer {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct web_answer {
    std::string body;
    std::size_t most = 0;
};

std::size_t take_more(char* from, std::size_t size, std::size_t count, void* into) {
    auto& answer = *static_cast<web_answer*>(into);
    if (answer.body.size() + size * count > answer.most) return 0;  // ends the exchange
    answer.body.append(from, size * count);
    return size * count;
}

std::string host_of(const std::string& address) {
    const std::size_t begin = address.find("://");
    if (begin == std::string::npos) return address;
    return address.substr(begin + 3, address.find('/', begin + 3) - begin - 3);
}

}  // namespace

struct web_client::inside {
    explicit inside(web_limits with) : limits(with) {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        handle.reset(curl_easy_init());
    }

    template <class Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(handle.get(), option, value);
    }

    result<response> exchange(const std::string& address, const std::string* media,
                              const std::string* sent) {
        const auto broken = [&](const char* why) {
            return refuse(refusals::server_unreachable, {}, host_of(address), why);
        };
        if (!handle) return broken("no memory");
        web_answer answer{{}, limits.most_bytes};
        curl_easy_reset(handle.get());
        set(CURLOPT_URL, address.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PROXY, "");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_USERAGENT, "veche");
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_ms));
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole_ms));
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_WRITEFUNCTION, &take_more);
        set(CURLOPT_WRITEDATA, &answer);
        std::unique_ptr<curl_slist, web_closer> headers;
        if (sent != nullptr) {
            headers.reset(curl_slist_append(nullptr, ("Content-Type: " + *media).c_str()));
            // Without waiting for a hundred: bodies are small.
            headers.reset(curl_slist_append(headers.release(), "Expect:"));
            set(CURLOPT_HTTPHEADER, headers.get());
            set(CURLOPT_POST, 1L);
            set(CURLOPT_POSTFIELDSIZE, static_cast<long>(sent->size()));
            set(CURLOPT_POSTFIELDS, sent->c_str());
        }
        const CURLcode code = curl_easy_perform(handle.get());
        if (code != CURLE_OK)
            return broken(code == CURLE_WRITE_ERROR ? "its answer is too large"
                                                    : curl_easy_strerror(code));
        long status = 0;
        const char* type = nullptr;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &type);
        response out;
        out.status = static_cast<int>(status);
        out.type = type != nullptr ? type : "";
        out.body = std::move(answer.body);
        return out;
    }

    const web_limits limits;
    std::unique_ptr<CURL, web_closer> handle;
};

web_client::web_client(web_limits limits) : inside_(std::make_unique<inside>(limits)) {}
web_client::~web_client() = default;

result<response> web_client::get(const std::string& address) {
    return inside_->exchange(address, nullptr, nullptr);
}

result<response> web_client::post(const std::string& address, std::string_view media,
                                  std::string_view body) {
    const std::string type(media);
    const std::string sent(body);
    return inside_->exchange(address, &type, &sent);
}

}  // namespace veche::api
