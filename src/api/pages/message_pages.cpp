// Pages that say no: what went wrong, at which field, and what to do about it.

#include "api/pages/visit.hpp"
#include "api/refusal.hpp"

namespace veche::api::pages {
namespace {

struct trouble_view {
    std::string title;
    std::string sentence;
    std::string code;
    std::int32_t status = 0;
    bool again = false;
};
VECHE_VIEW_HERE(trouble_view, (title, "What kind of trouble."), (sentence, "What happened."),
                (code, "Stable code."), (status, "HTTP status."),
                (again, "Whether the same request may succeed later."))

std::string title_key(int status) {
    switch (status) {
        case 401:
        case 403:
            return "trouble.forbidden";
        case 404:
            return "trouble.unknown";
        case 429:
        case 503:
            return "trouble.busy";
        default:
            return status >= 500 ? "trouble.server" : "trouble.refused";
    }
}

/// What `type` in problem details points at: the meaning of one code.
struct problem_page {
    std::string code;
    std::string sentence;
};
VECHE_VIEW_HERE(problem_page, (code, "Stable code of the refusal."),
                (sentence, "Its sentence; an ellipsis stands for what differs from case to case."))

response show_problem(visit& here) {
    const std::string& code = here.id;
    if (here.texts.find("refusal." + code) == nullptr)
        return here.fail({&refusals::page_unknown, {}, {}});
    constexpr std::size_t most_places = 10;
    const refusal_record any{code, std::vector<std::string>(most_places, "…"), {}};
    return here.show("problem", problem_page{code, here.texts.sentence(any)});
}

constexpr page_route message_routes[] = {{"problems", show_problem}};
constexpr template_need message_needs[] = {{"trouble", &describe<trouble_view>},
                                           {"problem", &describe<problem_page>}};

}  // namespace

const page_group message_pages{message_routes, message_needs};

response visit::fail(const refusal& why) {
    const int status = why.kind->http_status;
    // The page of a thing, asked for without the thing: where nothing else was said that could be
    // malformed, there is no such page.
    constexpr int malformed = 400;
    if (id.empty() && status == malformed && asked.method == "GET" && asked.query.empty())
        return fail({&refusals::page_unknown, {}, {}});
    page.failed = true;
    page.takes.clear();
    return show("trouble",
                trouble_view{text(title_key(status)), texts.sentence(why), std::string(why.code()),
                             status, why.kind->transient},
                status);
}

response visit::fail_unfounded() {
    page.failed = true;
    page.takes.clear();
    return show(
        "trouble",
        trouble_view{text("trouble.unfounded"), text("trouble.unfounded_more"), "", 503, true},
        503);
}

}  // namespace veche::api::pages
