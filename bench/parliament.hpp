#pragma once
// A parliament at work: sessions of a hundred motions, each with a recorded vote of 72 seats.
// Nearly all its entries are ballots that stay.

#include <fmt/format.h>

#include "hall.hpp"
#include "journal/envelope.hpp"

namespace veche::bench {

constexpr std::size_t motions_each = 100;
constexpr std::size_t seats = 72;

/// Hands its commands to the office in groups; each session moves the clock.
class parliament {
  public:
    parliament(office::office& desk, instant& now) : desk_(desk), now_(now) {}

    void session(std::size_t number) {
        const std::string id = fmt::format("s{}", number);
        act("assembly.convene_session", "secretariat-1", "pc/secretariat",
            fmt::format(R"({{"id":"{}","body":"pa","title":{{"en":"Sitting {}"}},"starts":"{}"}})",
                        id, number + 1, to_text(instant{now_.ms + 3'600'000})));
        act("assembly.add_item", "secretariat-1", "pc/secretariat",
            fmt::format(R"({{"session":"{}","item":"i","kind":"decision","title":{{"en":"I"}}}})",
                        id));
        act("assembly.open_session", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"session":"{}"}})", id));
        for (std::size_t n = 0; n < motions_each; ++n) motion(id, number * motions_each + n);
        act("assembly.close_session", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"session":"{}"}})", id));
        hand_in();
        now_.ms += 10 * ms_per_day;
    }

  private:
    void motion(const std::string& session, std::size_t number) {
        static constexpr const char* subjects[] = {"railways", "universities", "harvest",
                                                   "archives", "bridges"};
        act("assembly.table_motion", "pa-ru-1", "pa/chair",
            fmt::format(
                R"({{"motion":"m{0}","session":"{1}","item":"i","title":{{"en":"Motion {0} on {2}"}},"text":{{"en":"The assembly asks for a report on {2}, number {0}."}}}})",
                number, session, subjects[number % 5]));
        for (std::size_t n = 2; n < 4; ++n)
            act("assembly.support_motion", bench::holder(n), bench::seat(n),
                fmt::format(R"({{"motion":"m{}","seat":"{}"}})", number, bench::seat(n)));
        act("assembly.open_vote", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"vote":"v{0}","motion":"m{0}"}})", number));
        for (std::size_t n = 0; n < seats; ++n)
            act("assembly.cast_ballot", bench::holder(n), bench::seat(n),
                fmt::format(R"({{"vote":"v{}","seat":"{}","choice":"{}"}})", number, bench::seat(n),
                            (n + number) % 7 == 0 ? "no" : "yes"));
        act("assembly.close_vote", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"vote":"v{}"}})", number));
    }

    void act(const char* type, const std::string& person, const std::string& auth,
             const std::string& body) {
        group_.push_back({journal::compose_act_line(person, auth, must(json::canonicalize(body)),
                                                    idem(acts_++), origin, type, 1),
                          {},
                          {person}});
        if (group_.size() >= 256) hand_in();
    }

    void hand_in() {
        now_.ms += 1;
        for (auto& answer : desk_.submit_all(std::move(group_))) must(std::move(answer));
        group_.clear();
    }

    office::office& desk_;
    instant& now_;
    std::size_t acts_ = 0;
    std::vector<office::submission> group_;
};

}  // namespace veche::bench
