// Rolling offers of a large call: the run, then answers by chance, each decided and folded while
// somebody reads the state before it, as a server does; and the whole computed anew from its log.
//
//   bench_rolling APPLICANTS PROGRAMMES CHOICES ANSWERS     one JSON object

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "calls/calls.hpp"
#include "calls/rolling_offers.hpp"
#include "figures.hpp"

namespace {

using namespace veche;
using namespace veche::calls;
using bench::clock_type;
using bench::quantile;

const call_id the_call{"c"};
const instant began{1'700'000'000'000};

std::string name_of(const char* letter, std::size_t n) {
    std::string digits = std::to_string(n);
    return letter + std::string(7 - digits.size(), '0') + digits;
}

open_call call_for(std::size_t applicants, std::size_t programmes) {
    open_call c;
    c.call = the_call;
    c.kind = call_kind::places;
    for (std::size_t p = 0; p < programmes; ++p)
        c.programmes.push_back({{name_of("p", p)},
                                {},
                                {},
                                std::nullopt,
                                static_cast<std::int32_t>(applicants / programmes),
                                {}});
    c.rules.lottery = lottery_kind::per_programme;
    c.rules.unfilled = unfilled_rule::none;
    c.rules.rolling_until = plus_days(began, 60);
    c.custodians = {{"keeper"}};
    c.opens = c.closes = began;
    c.answer_days = 3;
    return c;
}

/// Applied, judged, closed, the lots fixed, and run.
void prepare(state& s, const charter::state& charter, std::size_t applicants,
             std::size_t programmes, std::size_t choices, std::mt19937& random) {
    const context of_keeper{began, 1, {"keeper"}, "keeper", std::nullopt};
    apply(s, charter, call_for(applicants, programmes), of_keeper);
    apply(s, charter, commit_lot{the_call, std::string(64, 'a')}, of_keeper);
    for (std::size_t a = 0; a < applicants; ++a) {
        const std::string who = name_of("a", a);
        submit_application asked;
        asked.call = the_call;
        while (asked.choices.size() < choices) {
            const place_id one{name_of("p", random() % programmes)};
            if (std::find(asked.choices.begin(), asked.choices.end(), one) == asked.choices.end())
                asked.choices.push_back(one);
        }
        apply(s, charter, asked, {began, 1, {who}, who, std::nullopt});
        apply(s, charter, judge_eligibility{the_call, {who}, true, std::nullopt, {}}, of_keeper);
    }
    apply(s, charter, close(s, the_call), of_keeper);
    apply(s, charter, settle_list{the_call}, of_keeper);
    apply(s, charter, reveal_lot{the_call, std::string(64, 'b')}, of_keeper);
}

/// Folds an act with the event that follows; nothing where it was refused.
template <class Command>
bool act(state& s, const charter::state& charter, const Command& c, const context& ctx) {
    const auto made = decide(world{charter, s}, c, ctx);
    if (!made) return false;
    apply(s, charter, c, ctx);
    for (const event& e : *made) apply(s, charter, from_json<offers_moved>(e.body).value(), ctx);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const auto number = [&](int i) { return static_cast<std::size_t>(std::atoll(argv[i])); };
    std::mt19937 random(7);
    const charter::state charter;
    state s;
    prepare(s, charter, number(1), number(2), number(3), random);
    auto begin = clock_type::now();
    const run_input in = next_round(s, *s.calls.find(the_call));
    const run_result out = allocate(in);
    const double run = bench::seconds_since(begin);
    if (!out.fault.empty()) return 1;
    apply(s, charter, summary_of(in, out, began), {began, 2, {"keeper"}, "keeper", std::nullopt});
    std::vector<double> times;
    while (times.size() < number(4)) {
        const std::string who = name_of("a", random() % number(1));
        const application& a = *s.find(the_call, {who});
        const place_id programme = a.asked.choices[random() % a.asked.choices.size()];
        const context ctx{{began.ms + static_cast<std::int64_t>(times.size())},
                          3 + times.size(),
                          {who},
                          who,
                          std::nullopt};
        const auto what = random() % 10;
        const state before = s;  // somebody reads it
        begin = clock_type::now();
        bool done = false;
        if (what < 3) {
            done = act(s, charter, rank_offers{the_call, a.asked.choices}, ctx);
        } else {
            const auto answer = what < 5 ? offer_answer::decline : offer_answer::accept;
            done = act(s, charter,
                       answer_offer{the_call, answer, answer == offer_answer::accept && what < 8,
                                    programme},
                       ctx);
        }
        if (done) times.push_back(bench::seconds_since(begin));
    }
    begin = clock_type::now();
    const std::string fault = fault_in_book(*s.calls.find(the_call)->rolling);
    const double anew = bench::seconds_since(begin);
    if (!fault.empty()) return 1;
    std::printf(
        "{\"what\":\"rolling\",\"run_ms\":%.1f,\"answer_us_p50\":%.0f,"
        "\"answer_us_p99\":%.0f,\"answer_us_max\":%.0f,\"anew_ms\":%.1f}\n",
        run * 1e3, quantile(times, 0.5) * 1e6, quantile(times, 0.99) * 1e6,
        quantile(times, 1) * 1e6, anew * 1e3);
    return 0;
}
