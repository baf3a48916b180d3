// Random commands, sensible and senseless, against a naive model that keeps plain sets of words.
// Whatever the room accepts the model must accept too, and the other way round; after every command
// the state must agree with the model.

#include <map>
#include <random>
#include <set>
#include <string>

#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

struct model_session {
    std::string status = "convened";
    std::string body;
    std::vector<std::string> items;
    std::set<std::string> present;
    bool kept = false;
};

struct model_motion {
    std::string session, item;
    std::string status = "tabled";
};

struct model_vote {
    std::string motion;
    bool open = true;
    std::int64_t closes = 0;  ///< 0: by the chair only
    std::set<std::string> aside;
    std::map<std::string, vote_choice> cast;
};

struct model {
    std::map<std::string, model_session> sessions;
    std::map<std::string, model_motion> motions;
    std::map<std::string, model_vote> votes;
    int adopted = 0;
};

const std::vector<std::string> bodies{"council", "house"};

std::vector<std::string> seats_in(const std::string& body) {
    if (body == "council") return {"council/north", "council/south"};
    return {"house-n-1", "house-n-2", "house-n-3", "house-s-1", "house-s-2"};
}

/// The person in the seat; nobody sits in the last one before December.
std::string holder(const std::string& seat) {
    if (seat.starts_with("council/")) return "p-" + seat.substr(8);
    if (seat == "house-s-2") return "";
    return "p-" + seat.substr(6, 1) + seat.substr(8);
}

bool is_among(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

class simulation {
  public:
    explicit simulation(unsigned seed) : random_(seed) {}

    void step() {
        // How often each kind of command is tried.
        const std::vector<std::pair<int, void (simulation::*)()>> mixture{
            {2, &simulation::convene},    {6, &simulation::open},     {1, &simulation::close},
            {1, &simulation::cancel},     {5, &simulation::add},      {1, &simulation::remove},
            {6, &simulation::presence},   {8, &simulation::table},    {1, &simulation::withdraw},
            {8, &simulation::start_vote}, {5, &simulation::end_vote}, {2, &simulation::pass_time},
            {30, &simulation::cast}};
        auto at = static_cast<int>(pick(76));
        for (const auto& [share, command] : mixture) {
            at -= share;
            if (at < 0) return (this->*command)();
        }
    }

    void check_agreement() const {
        REQUIRE(h_.own.sessions.size() == m_.sessions.size());
        for (const auto& [id, expected] : m_.sessions) {
            const session& s = *h_.own.sessions.find(session_id{id});
            CHECK(name_of(s.status) == expected.status);
            CHECK(s.presence_kept == expected.kept);
            CHECK(std::set<std::string>(s.present.begin(), s.present.end()) == expected.present);
            CHECK(s.agenda.size() == expected.items.size());
        }
        for (const auto& [id, expected] : m_.motions)
            CHECK(name_of(h_.own.motions.find(motion_id{id})->status) == expected.status);
        std::size_t open = 0;
        for (const auto& [id, expected] : m_.votes) {
            const vote& v = *h_.own.votes.find(vote_id{id});
            CHECK((v.status == vote_status::open) == expected.open);
            CHECK((v.result == nullptr) == expected.open);
            open += expected.open ? 1 : 0;
        }
        CHECK(h_.own.open_votes.size() == open);
        CHECK(h_.own.decisions.size() == static_cast<std::size_t>(m_.adopted));
    }

    [[nodiscard]] int adopted() const { return m_.adopted; }
    int accepted = 0;
    int refused = 0;

  private:
    std::size_t pick(std::size_t n) { return random_() % n; }
    bool chance(std::size_t one_in) { return pick(one_in) == 0; }
    /// Mostly a new id, sometimes one in use.
    std::string fresh(const std::string& prefix) {
        return chance(8) ? known(prefix) : prefix + std::to_string(++tried_[prefix]);
    }
    /// Mostly one of the latest ids in use, sometimes one that is not.
    std::string known(const std::string& prefix) {
        const auto& made = made_[prefix];
        const std::size_t back = pick(4);
        return back >= made.size() || chance(12) ? prefix + "-unused"
                                                 : made[made.size() - 1 - back];
    }
    void remember(const std::string& prefix, const std::string& id) { made_[prefix].push_back(id); }
    actor anybody(const actor& right) {
        if (!chance(6)) return right;
        const std::vector<actor> wrong{stranger, secretary, chair, north, deputy("n", 2), {"", ""}};
        return wrong[pick(wrong.size())];
    }

    /// Mostly an item of that session.
    std::string item_in(const std::string& session) {
        const auto s = m_.sessions.find(session);
        if (s == m_.sessions.end() || s->second.items.empty() || chance(8)) return known("i");
        return s->second.items[pick(s->second.items.size())];
    }

    /// Sends the command; the room must say what the model says.
    template <class Command>
    bool agree(const actor& who, const Command& c, bool expected) {
        const auto decided = h_.ask_for(who, c);
        INFO(Command::wire.type, " ", to_json(c), " by ", who.person, ": ", why(decided));
        REQUIRE(decided.has_value() == expected);
        ++(expected ? accepted : refused);
        return expected;
    }

    bool has_status(const std::string& session, std::initializer_list<const char*> any) const {
        const auto s = m_.sessions.find(session);
        if (s == m_.sessions.end()) return false;
        return std::any_of(any.begin(), any.end(),
                           [&](const char* status) { return s->second.status == status; });
    }

    void lapse(const std::string& session) {
        for (auto& [id, motion] : m_.motions)
            if (motion.session == session && motion.status == "tabled") motion.status = "lapsed";
    }

    void convene() {
        auto c = session_of(fresh("s"), bodies[pick(2)]);
        if (chance(8)) c.title = {};
        if (chance(8)) c.starts = {h_.now.ms - 1};
        if (chance(8)) c.body = {"nowhere"};
        const actor who = anybody(secretary);
        const bool fine = who.person == secretary.person && !c.title.empty() &&
                          c.starts >= h_.now && c.body.value != "nowhere" &&
                          !m_.sessions.contains(c.id.value);
        if (!agree(who, c, fine)) return;
        m_.sessions[c.id.value].body = c.body.value;
        remember("s", c.id.value);
    }

    /// Presides: the chair in both bodies, the speaker in the house.
    bool presides(const actor& who, const std::string& body) const {
        return who.person == chair.person || (who.person == speaker.person && body == "house");
    }

    void open() {
        const auto id = known("s");
        const actor who = anybody(chance(2) ? chair : speaker);
        const bool fine = has_status(id, {"convened"}) && presides(who, m_.sessions.at(id).body);
        if (agree(who, open_session{{id}}, fine)) m_.sessions[id].status = "open";
    }

    void close() {
        const auto id = known("s");
        const actor who = anybody(chair);
        bool fine = has_status(id, {"open"}) && presides(who, m_.sessions.at(id).body);
        for (const auto& [v, vote] : m_.votes)
            if (vote.open && m_.motions.at(vote.motion).session == id) fine = false;
        if (!agree(who, close_session{{id}}, fine)) return;
        m_.sessions[id].status = "closed";
        lapse(id);
    }

    void cancel() {
        const auto id = known("s");
        const actor who = anybody(secretary);
        const bool fine = has_status(id, {"convened"}) && who.person == secretary.person;
        if (!agree(who, cancel_session{{id}, {}}, fine)) return;
        m_.sessions[id].status = "cancelled";
        lapse(id);
    }

    void add() {
        const auto s = known("s");
        const auto i = fresh("i");
        const actor who = anybody(secretary);
        const bool fine = has_status(s, {"convened", "open"}) && who.person == secretary.person &&
                          !is_among(m_.sessions.at(s).items, i);
        if (!agree(who, item_of(s, i), fine)) return;
        m_.sessions[s].items.push_back(i);
        remember("i", i);
    }

    void remove() {
        const auto s = known("s");
        const auto i = item_in(s);
        bool fine = has_status(s, {"convened", "open"}) && is_among(m_.sessions.at(s).items, i);
        for (const auto& [id, motion] : m_.motions)
            if (motion.session == s && motion.item == i) fine = false;
        if (agree(secretary, remove_item{{s}, {i}}, fine)) std::erase(m_.sessions[s].items, i);
    }

    void presence() {
        const auto id = known("s");
        const auto body = bodies[pick(2)];
        const auto seats = seats_in(body);
        const auto seat = seats[pick(seats.size())];
        const actor who = anybody(chance(2) ? chair : actor{holder(seat), seat});
        const bool right =
            has_status(id, {"convened", "open"}) && m_.sessions.at(id).body == body &&
            (presides(who, body) || (!who.person.empty() && who.person == holder(seat)));
        const bool there = right && m_.sessions.at(id).present.contains(seat);
        if (chance(3)) {
            if (agree(who, end_presence{{id}, seat}, right && there))
                m_.sessions[id].present.erase(seat);
        } else if (agree(who, register_presence{{id}, seat}, right && !there)) {
            m_.sessions[id].present.insert(seat);
            m_.sessions[id].kept = true;
        }
    }

    void table() {
        const auto s = known("s");
        const auto i = item_in(s);
        const auto m = fresh("m");
        const actor who = anybody(chair);
        bool fine = has_status(s, {"convened", "open"}) && is_among(m_.sessions.at(s).items, i) &&
                    !m_.motions.contains(m);
        if (fine) {
            const auto seats = seats_in(m_.sessions.at(s).body);
            const bool sits = std::any_of(seats.begin(), seats.end(), [&](const auto& seat) {
                return !who.person.empty() && holder(seat) == who.person;
            });
            fine = who.person == chair.person || sits;
        }
        if (!agree(who, motion_of(m, s, i), fine)) return;
        m_.motions[m] = {s, i};
        remember("m", m);
    }

    void withdraw() {
        const auto id = known("m");
        const auto found = m_.motions.find(id);
        const bool fine = found != m_.motions.end() && found->second.status == "tabled";
        if (agree(chair, withdraw_motion{{id}}, fine)) found->second.status = "withdrawn";
    }

    void start_vote() {
        auto c = vote_on(fresh("v"), known("m"));
        if (chance(3)) c.closes = instant{h_.now.ms + 1000 * static_cast<std::int64_t>(pick(4))};
        const auto motion = m_.motions.find(c.motion.value);
        const std::string body =
            motion == m_.motions.end() ? "council" : m_.sessions.at(motion->second.session).body;
        if (chance(4)) c.aside.push_back(seats_in(body)[0]);
        const actor who = anybody(chair);
        const bool fine = motion != m_.motions.end() && motion->second.status == "tabled" &&
                          has_status(motion->second.session, {"open"}) && presides(who, body) &&
                          !m_.votes.contains(c.vote.value) && (!c.closes || *c.closes > h_.now);
        if (!agree(who, c, fine)) return;
        motion->second.status = "voting";
        remember("v", c.vote.value);
        m_.votes[c.vote.value] = {c.motion.value,
                                  true,
                                  c.closes ? c.closes->ms : 0,
                                  {c.aside.begin(), c.aside.end()},
                                  {}};
    }

    void cast() {
        const auto id = known("v");
        const auto found = m_.votes.find(id);
        const std::string body =
            found == m_.votes.end()
                ? "council"
                : m_.sessions.at(m_.motions.at(found->second.motion).session).body;
        const auto seats = seats_in(chance(8) ? bodies[pick(2)] : body);
        const auto seat = seats[pick(seats.size())];
        const actor who = anybody({holder(seat), seat});
        bool fine = found != m_.votes.end() && found->second.open &&
                    is_among(seats_in(body), seat) && !who.person.empty() &&
                    who.person == holder(seat) && !found->second.aside.contains(seat) &&
                    (found->second.closes == 0 || h_.now.ms < found->second.closes);
        if (fine) {
            const model_session& s = m_.sessions.at(m_.motions.at(found->second.motion).session);
            fine = !s.kept || s.present.contains(seat);
        }
        const auto choice = static_cast<vote_choice>(pick(5) < 3 ? 0 : pick(3));
        if (agree(who, ballot_in(id, seat, choice), fine)) found->second.cast[seat] = choice;
    }

    void end_vote() {
        const auto id = known("v");
        const auto found = m_.votes.find(id);
        const actor who = anybody(chair);
        bool fine = found != m_.votes.end() && found->second.open;
        if (fine) {
            const model_vote& v = found->second;
            const auto& body = m_.sessions.at(m_.motions.at(v.motion).session).body;
            fine = presides(who, body);
            if (v.closes > h_.now.ms)
                for (const auto& seat : seats_in(body))
                    if (!holder(seat).empty() && !v.aside.contains(seat) && !v.cast.contains(seat))
                        fine = false;
        }
        if (agree(who, close_vote{{id}, {}}, fine)) decide_in_model(id);
    }

    void pass_time() {
        h_.now.ms += static_cast<std::int64_t>(pick(3000));
        std::vector<std::pair<std::int64_t, std::string>> due;
        for (const auto& [id, v] : m_.votes)
            if (v.open && v.closes != 0 && v.closes <= h_.now.ms) due.emplace_back(v.closes, id);
        std::sort(due.begin(), due.end());
        CHECK(h_.pass_deadlines() == static_cast<int>(due.size()));
        for (const auto& [when, id] : due) decide_in_model(id);
    }

    /// The council adopts unanimously among those taking part; the house by more yes than no, if
    /// more than half of its five seats have voted.
    void decide_in_model(const std::string& id) {
        model_vote& v = m_.votes.at(id);
        v.open = false;
        model_motion& motion = m_.motions.at(v.motion);
        const auto& body = m_.sessions.at(motion.session).body;
        const auto said = [&](vote_choice c) {
            return std::count_if(v.cast.begin(), v.cast.end(),
                                 [&](const auto& one) { return one.second == c; });
        };
        const auto yes = said(vote_choice::yes);
        if (body == "council") {
            const auto taking_part = 2 - static_cast<std::ptrdiff_t>(v.aside.size());
            motion.status = yes == taking_part ? "adopted" : "rejected";
        } else if (v.cast.size() * 2 <= 5) {
            motion.status = "tabled";
        } else {
            motion.status = yes > said(vote_choice::no) ? "adopted" : "rejected";
        }
        if (motion.status == "adopted") ++m_.adopted;
    }

    std::mt19937 random_;
    std::map<std::string, int> tried_;
    std::map<std::string, std::vector<std::string>> made_;
    hall h_;
    model m_;
};

}  // namespace

TEST_CASE("random commands: the room and a naive model agree on every one") {
    int accepted = 0;
    int refused = 0;
    int adopted = 0;
    for (unsigned seed = 1; seed <= 120; ++seed) {
        CAPTURE(seed);
        simulation sim(seed);
        for (int i = 0; i < 1000; ++i) {
            sim.step();
            if (i % 50 == 0) sim.check_agreement();
        }
        sim.check_agreement();
        accepted += sim.accepted;
        refused += sim.refused;
        adopted += sim.adopted();
    }
    // The mixture must be worth the name.
    CHECK(accepted > 8000);
    CHECK(refused > 8000);
    CHECK(adopted > 150);
}
