#include "cli/link.hpp"
#include "office/routes.hpp"

namespace veche::cli {

int ask(const ask_options& options, const terminal& on) {
    if (office::find_view(options.view) == nullptr)
        return on.fail("There is no view called " + options.view + "; see veche describe.",
                       wrong_usage);
    const auto fields = to_pairs(options.fields);
    if (!fields) return on.fail(fields.error());
    auto link = open_link(options.where);
    if (!link) return on.fail(link.error());
    const reply answer = (*link)->ask(options.view, *fields);
    if (!answer) return on.fail(answer.error());
    if (on.json)
        on.out << *answer << '\n';
    else
        on.out << to_outline(*answer);
    return done;
}

}  // namespace veche::cli
