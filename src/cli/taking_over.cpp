#include "cli/taking_over.hpp"

#include <fmt/format.h>

#include "api/clock.hpp"
#include "cli/journal_state.hpp"
#include "cli/union_folder.hpp"

namespace veche::cli {

result<void> try_on_state(const union_options& where,
                          const std::function<void(const office::union_state&)>& judge) {
    if (!union_folder::is_one(where.at)) return with_state_of(where.at, judge);
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    const auto folder = VECHE_TRY(union_folder::open(where.at, std::move(with)));
    folder->office().read(judge);
    return {};
}

context acting_at(const union_options& where, const office::union_state& now) {
    context out;
    out.at = api::wall_clock();
    out.seq = now.size;
    out.actor = {where.as};
    out.auth = where.auth;
    return out;
}

void list_problems(const std::vector<located_problem>& all, const terminal& on) {
    for (const located_problem& one : all)
        on.say(fmt::format("{}:{}{}: {}{}", one.file, one.line,
                           one.column.empty() ? "" : ", column " + one.column, one.said,
                           one.remedy.empty() ? "" : " " + one.remedy));
}

std::string to_mend(std::size_t problems) {
    return problems == 1 ? "one thing is to mend" : fmt::format("{} things are to mend", problems);
}

}  // namespace veche::cli
