#pragma once
// What one can know of rolling offers: of each list how far it went, and of an own application
// where it stands on each of its lists. Nobody else's figures but the last called one's.

#include "calls/calls.hpp"

namespace veche::calls {

/// The list of a programme in numbers.
struct list_row {
    std::int64_t listed = 0;
    std::int64_t taken = 0;
    std::int64_t kept = 0;
    std::int64_t open = 0;
    std::int64_t waiting = 0;
    std::int64_t first_run = 0;
    std::int64_t last = 0;
};
VECHE_FIELDS(list_row, (listed, "Who is on the list."), (taken, "Places taken for good."),
             (kept, "Places kept by who waits for better."),
             (open, "Offers that wait for an answer."), (waiting, "Who waits for an offer."),
             (first_run, "Place of the last who was called in the run; 0 for nobody."),
             (last, "Place of the last who ever was called."))

/// Where an application stands on one list.
enum class list_standing : std::uint8_t {
    waiting,   ///< no offer yet
    offered,   ///< to be answered
    kept,      ///< kept, waiting for better
    taken,     ///< for good
    given_up,  ///< by the applicant, or in favour of a better one
    lapsed,    ///< not answered in time
    closed,    ///< waited until the last day
    off        ///< not on the list: the application or the programme took no part
};
VECHE_CHOICES(list_standing, waiting, offered, kept, taken, given_up, lapsed, closed, off)

struct list_place {
    std::int32_t choice = 0;
    place_id programme;
    localized title;
    list_standing standing{};
    std::optional<instant> until;
    std::int64_t places = 0;
    std::int64_t your_rank = 0;
    std::int64_t listed = 0;
    std::int64_t before = 0;
    std::int64_t first_run = 0;
    std::int64_t last = 0;
    std::int64_t your_score = 0;
    std::string your_key;
    std::optional<std::int64_t> last_score;
    std::optional<std::string> last_key;
};
VECHE_FIELDS(list_place, (choice, "Which choice, from 1."), (programme, "The programme."),
             (title, "Its title."), (standing, "Where it stands."),
             (until, "Until when the offer can be answered."), (places, "Places it has."),
             (your_rank, "Your place in its order, from 1; 0 where you are not on it."),
             (listed, "Who is on its list."), (before, "How many wait before you."),
             (first_run, "Place of the last who was called in the run; 0 for nobody."),
             (last, "Place of the last who ever was called."),
             (your_score, "Your score in the run."), (your_key, "Your lottery number."),
             (last_score, "Score of the last called."),
             (last_key, "Lottery number of the last called."))

/// What an application has more than others where offers roll.
struct rolling_case {
    instant last_day;
    bool over = false;
    bool can_answer = false;
    std::vector<list_place> lists;
    std::vector<place_id> ranking;
};
VECHE_FIELDS(rolling_case, (last_day, "Until when offers go out."), (over, "Whether it is past."),
             (can_answer, "Whether anything can still be answered."),
             (lists, "Each list, in the order of the choices."),
             (ranking, "The ranking that answers for the applicant, best first; none where none."))

/// Nothing before the run.
std::optional<list_row> list_row_of(const call&, const place_id&);
/// Nothing where offers do not roll, or before the run.
std::optional<rolling_case> rolling_case_of(const call&, const application&);

}  // namespace veche::calls
