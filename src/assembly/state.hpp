#pragma once
// What the assembly knows: the fold of its commands and events. A value whose copy is cheap, see
// kernel/cow.hpp. Everything here is public, as the journal is.

#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assembly/act_signatures.hpp"
#include "assembly/amendment_state.hpp"
#include "assembly/casting_state.hpp"
#include "assembly/election_state.hpp"
#include "assembly/events.hpp"
#include "assembly/floor.hpp"
#include "assembly/forwarding.hpp"
#include "assembly/parts.hpp"
#include "assembly/readiness.hpp"
#include "assembly/secret_state.hpp"
#include "assembly/series.hpp"
#include "assembly/sitting_state.hpp"
#include "charter/charter.hpp"
#include "kernel/cow.hpp"

namespace veche::assembly {

struct session {
    session_id id;
    body_id body;
    std::vector<body_id> joint_with;
    localized title;
    instant starts;
    std::optional<instant> ends;  ///< as planned
    localized venue;
    std::optional<std::string> zone;  ///< of the venue; the union's where nothing is said
    session_mode mode = session_mode::in_person;
    session_status status = session_status::convened;
    std::optional<instant> opened;
    std::optional<instant> closed;
    localized reason;  ///< of a cancellation
    std::vector<agenda_item> agenda;
    std::vector<paper> papers;
    std::optional<paper_terms> paper_due;  ///< of the session as a whole
    std::vector<paper_id> sealed_papers;   ///< ids only: the room of sealed texts has the rest
    std::vector<std::string> present;      ///< seats, ascending
    bool presence_kept = false;            ///< from the first registration on
    std::vector<attended> attendance;      ///< in the order of registration
    std::vector<std::string> excused;      ///< seats, ascending
    std::optional<notice> invited;         ///< once invitations went out
    std::optional<series_link> series;     ///< of one that a series made
    std::vector<motion_id> motions;        ///< in the order they were tabled
    std::vector<vote_id> votes;            ///< in the order they were opened
    std::vector<bundle_id> bundles;        ///< in the order they were made
    std::vector<list_id> lists;            ///< of speakers, in the order they were opened
    std::int32_t decisions = 0;
    std::int32_t revision = 0;  ///< how often its time, place or fate was changed
    instant changed;            ///< when last
    std::uint64_t seq = 0;

    [[nodiscard]] bool over() const {
        return status == session_status::closed || status == session_status::cancelled;
    }
    [[nodiscard]] bool sits(const body_id&) const;
    [[nodiscard]] bool is_present(std::string_view seat) const;
    [[nodiscard]] const agenda_item* find_item(const item_id&) const;
    [[nodiscard]] const paper* find_paper(const paper_id&) const;
    [[nodiscard]] const invitation* find_invitation(std::string_view seat) const;
    [[nodiscard]] const invitation* find_invitation(const guest_id&) const;
};

struct motion {
    motion_id id;
    session_id session;
    item_id item;
    body_id body;
    localized title;
    localized text;  ///< with the amendments adopted so far; set by put_text
    std::shared_ptr<const std::string> words;  ///< title and text, folded for searching
    std::string rule;
    std::vector<enactment> enactments;  ///< the same
    localized original;                 ///< the text as tabled
    std::vector<enactment> original_enactments;
    std::vector<std::string> left_behind;  ///< languages in which the text could not follow
    std::vector<amendment_id> amendments;  ///< to the motion itself, in the order they were tabled
    std::vector<amendment_id> adopted;     ///< of these, in the order of adoption
    std::size_t amendments_tabled = 0;     ///< those to amendments too
    std::vector<amendment_id> order;       ///< of voting, as the chair has set it
    person_id tabled_by;
    std::string tabled_as;  ///< seat or office under which it was tabled
    instant at;
    motion_status status = motion_status::tabled;
    /// Where it stood on an agenda before, when a broken silence has put it on a later one.
    std::vector<std::pair<session_id, item_id>> earlier;
    std::vector<vote_id> votes;
    std::optional<decision_id> decision;
    assembly::support support;
    std::optional<date> force_on;        ///< first day in force, if it carries
    std::vector<motion_id> forwarded;    ///< as what motions it went to other bodies
    std::vector<motion_part> parts;      ///< where it is voted on part by part
    std::optional<bundle_id> bundle;     ///< latest in which it was put
    std::optional<decision_id> repeals;  ///< what ends if it carries
    urgency urgent = urgency::not_needed;
    std::optional<std::int32_t> urgency_supporters;  ///< that make it urgent without a vote
    std::vector<vote_id> urgency_votes;
    std::vector<charter::motion_stage> stages;  ///< as the charter had them when it was tabled
    std::vector<stage_reached> reached;         ///< of these, the first ones
    std::optional<reconsideration> reconsidered;
    std::uint64_t seq = 0;

    /// The text from now on, and with it the words. The title is set before.
    void put_text(localized now);
    /// Whether it stands under that item, or stood there before a broken silence moved it.
    [[nodiscard]] bool stood_under(const session_id&, const item_id&) const;
};

/// Who may vote, with what weight and under which text of the rule, fixed when the vote opens.
struct voting_roll {
    std::vector<charter::elector> electors;  ///< in the order of the charter
    std::vector<std::uint32_t> by_seat;      ///< positions in `electors`, ascending by seat
    charter::decision_rule described;        ///< as the charter had it that day
    charter::rule rule;                      ///< the same, parsed
    charter::bloc_mode blocs = charter::bloc_mode::none;
    charter::vote_procedure procedure;   ///< of the body that day
    std::vector<charter::voter> voters;  ///< `electors` as rules see them

    /// Of a vote under that rule; what the body adds (blocs, procedure) is left as it is without.
    static std::shared_ptr<voting_roll> make(const charter::state&, const std::string& rule,
                                             std::vector<charter::elector> electors);
    /// Position of the seat, if it has a vote.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view seat) const;
};

/// What one seat has said so far. `seq` is the entry of its ballot.
struct cast_mark {
    charter::ballot ballot = charter::ballot::absent;
    std::uint64_t seq = 0;
    cast_how how = cast_how::own;
};

struct vote {
    vote_id id;
    motion_id motion;
    std::optional<amendment_id> amendment;  ///< that is voted on, not the motion
    std::optional<bundle_id> bundle;        ///< that is voted on, the motion in it
    std::optional<std::int32_t> part;       ///< of the motion that is voted on, from 1
    bool urgency = false;                   ///< whether the motion is urgent is voted on
    session_id session;
    body_id body;
    vote_status status = vote_status::open;
    instant opened;
    std::optional<instant> closes;
    std::optional<instant> closed;
    std::optional<std::string> chair;
    std::shared_ptr<const voting_roll> roll;
    std::vector<cast_mark> marks;       ///< by position in the roll
    std::optional<hand_count> counted;  ///< a show of hands without names; marks then say nothing
    std::map<std::uint32_t, charter::split_votes> splits;  ///< of split ballots, by position
    std::map<std::uint32_t, std::string> cast_by;  ///< the seat that cast by proxy, by position
    std::vector<correction> corrections;
    std::vector<objection> objections;
    bool written = false;  ///< by correspondence: no session needs to be open
    std::int32_t round = 1;
    std::optional<vote_id> before;  ///< the vote of the round before
    bool no_abstention = false;
    std::shared_ptr<const vote_decided> result;
    std::uint64_t seq = 0;
    std::uint64_t decided_seq = 0;

    /// Whether the motion itself is voted on, by itself.
    [[nodiscard]] bool asks_motion() const { return !amendment && !bundle && !part && !urgency; }
};

/// The closing time of a vote that does not close by itself.
inline constexpr instant never{std::numeric_limits<std::int64_t>::max()};

struct failure {
    std::int32_t index = 0;  ///< of the enactment that could not be carried out, from 0
    refusal_record why;
    instant at;
    std::uint64_t seq = 0;
};

struct decision {
    decision_id id;
    motion_id motion;
    vote_id vote;
    body_id body;
    std::string rule;
    std::vector<enactment> enactments;
    instant at;
    enactment_fate fate = enactment_fate::none;
    std::vector<std::uint64_t> carried_out;  ///< entries, in the order of the enactments
    std::optional<failure> failed;           ///< the latest failure, while it lasts
    std::int32_t attempts = 0;
    act_signing signing;
    std::optional<date> force_on;
    std::optional<instant> in_force;  ///< since when; not before its last condition is met
    std::uint64_t force_seq = 0;      ///< entry that brought it into force
    std::optional<decision_id> repeals;
    std::optional<decision_id> repealed_by;
    std::uint64_t seq = 0;
};

struct state {
    cow_map<session_id, session> sessions;
    cow_map<series_id, session_series> series;
    cow_map<motion_id, motion> motions;
    cow_map<amendment_id, amendment> amendments;
    cow_map<vote_id, vote> votes;
    cow_map<decision_id, decision> decisions;
    cow_map<list_id, speakers_list> lists;
    cow_map<bundle_id, bundle> bundles;
    cow_map<motion_id, forwarding> forwards;  ///< by the motion's id at the other body
    std::vector<motion_id> waiting_forwards;  ///< for a session, in the order they came
    cow_map<election_id, election> elections;
    cow_map<vote_id, secret_vote> secret_votes;
    cow_map<std::string, voter_credential> credentials;  ///< by seat
    cow_map<person_id, trustee_keys> trustees;
    cow_map<session_id, std::vector<proxy>> proxies;
    std::map<int, std::int32_t> numbered;  ///< decisions by year
    std::vector<motion_id> returning;      ///< their silence was broken; they wait for a session
    /// Votes not decided yet with the time at which they decide themselves (`never` where only the
    /// chair closes), ascending.
    std::vector<std::pair<instant, vote_id>> open_votes;
    /// Decisions that only wait for their day, ascending.
    std::vector<std::pair<instant, decision_id>> waiting_force;
};

}  // namespace veche::assembly
