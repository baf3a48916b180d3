#include "api/http_client.hpp"
#include "api/refusal.hpp"
#include "api/urlencoded.hpp"
#include "cli/link.hpp"
#include "cli/prompt.hpp"
#include "cli/refusal.hpp"
#include "cli/remote.hpp"

namespace veche::cli {
namespace {

/// The body of a good answer, or the problem that the server tells.
reply to_reply(const result<api::response>& answer) {
    if (!answer) return tl::unexpected(to_details(answer.error()));
    if (answer->status < 300) return answer->body;
    if (answer->type.starts_with("application/problem+json"))
        if (auto problem = from_json<api::problem_details>(std::string_view(answer->body)))
            return tl::unexpected(std::move(*problem));
    return tl::unexpected(
        to_details(refusal{&api::refusals::answer_malformed,
                           {},
                           {"the server", "status " + std::to_string(answer->status)}}));
}

class remote_link final : public union_link {
  public:
    explicit remote_link(api::url server) : client_(std::move(server)) {}

    reply login(const std::string& name) {
        const auto password = read_password("Password of " + name, false);
        if (!password) return tl::unexpected(to_details(password.error()));
        const auto answer = client_.post("/api/login", "application/json",
                                         to_json(api::login_request{name, *password}));
        if (answer)
            if (const std::string* cookie = api::find_value(answer->headers, "set-cookie"))
                client_.headers.emplace_back("Cookie", cookie->substr(0, cookie->find(';')));
        return to_reply(answer);
    }
    reply origin() override {
        const auto answer = to_reply(client_.get("/health"));
        if (!answer) return answer;
        const auto health = from_json<api::health_answer>(std::string_view(*answer));
        if (!health) return tl::unexpected(to_details(health.error()));
        return health->origin;
    }
    reply act(const std::string& type, const api::do_request& asked) override {
        return post(type, to_json(asked));
    }
    reply act_signed(const std::string& type, const api::signed_request& asked) override {
        return post(type, to_json(asked));
    }
    reply seal(const std::string& bytes, const std::string& media,
               const std::string& name) override {
        return to_reply(
            client_.post("/api/sealed?name=" + api::percent_encode(name), media, bytes));
    }
    reply open_sealed(const std::string& commit) override {
        return to_reply(client_.get("/api/sealed/" + api::percent_encode(commit)));
    }
    reply secret_record(const std::string& vote, office::record_part part) override {
        const std::string form = part == office::record_part::opening ? ".opening.jsonl" : ".jsonl";
        return to_reply(client_.get("/en/secret-votes/" + vote + form));
    }
    reply ask(const std::string& view, const api::pairs& fields) override {
        const std::string query = fields.empty() ? "" : "?" + api::to_urlencoded(fields);
        return to_reply(client_.get("/api/ask/" + api::percent_encode(view) + query));
    }

  private:
    reply post(const std::string& type, const std::string& body) {
        return to_reply(
            client_.post("/api/do/" + api::percent_encode(type), "application/json", body));
    }

    api::http_client client_;
};

}  // namespace

tl::expected<std::unique_ptr<union_link>, api::problem_details> open_remote_link(
    const api::url& server, const std::string& login) {
    auto made = std::make_unique<remote_link>(server);
    if (!login.empty())
        if (const auto opened = made->login(login); !opened) return tl::unexpected(opened.error());
    return made;
}

}  // namespace veche::cli
