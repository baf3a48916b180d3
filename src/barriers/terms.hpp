#pragma once
// Words of the register of barriers: what kind of obstacle, what it hinders, what members and those
// who reported it say, which step of its way a case is at.

#include <optional>
#include <string>
#include <vector>

#include "kernel/content_ref.hpp"
#include "kernel/message.hpp"
#include "kernel/seal_ref.hpp"
#include "kernel/source_note.hpp"

namespace veche::barriers {

/// A report and the case that became of it: "b-7".
using barrier_id = id<struct barrier_tag>;
/// A rule that is being drafted and was notified.
using draft_id = id<struct draft_tag>;
/// What a member promised to do about one case.
using remedy_id = id<struct remedy_tag>;

/// Cases of a register that others keep, taken over together.
using import_id = id<struct import_tag>;

/// Classes of obstacles. The first three are told apart by their ground in common law.
enum class barrier_class : std::uint8_t {
    barrier,      ///< a member's rule or practice at odds with common law
    exception,    ///< a departure that common law foresees
    restriction,  ///< common law foresees a common rule, and there is none
    persons,      ///< what hinders persons in moving, working, studying, being treated
    crisis,       ///< what was imposed in a crisis
    draft_rule,   ///< a rule that is not yet in force
    none          ///< of a panel only: nothing that hinders was found
};
VECHE_CHOICES(barrier_class, barrier, exception, restriction, persons, crisis, draft_rule, none)

/// What is hindered. At least one of the three.
struct hindered {
    std::vector<std::string> headings;  ///< of the Harmonized System: 2, 4 or 6 digits
    std::vector<std::string>
        services;                   ///< divisions of the Central Product Classification: 2 digits
    std::optional<localized> whom;  ///< whom it hinders
    bool operator==(const hindered&) const = default;
};
VECHE_FIELDS(hindered, (headings, "Headings of the Harmonized System, 2, 4 or 6 digits each."),
             (services, "Divisions of services in the Central Product Classification, 2 digits."),
             (whom, "Persons whom it hinders, by language."))

/// What a member says to a case.
enum class position : std::uint8_t {
    accepts,   ///< it is as reported
    partly,    ///< some of it is
    disputes,  ///< it is not
    asks_time  ///< not said yet, with the reason
};
VECHE_CHOICES(position, accepts, partly, disputes, asks_time)

/// What somebody who reported a case says to it later, by the secret link alone.
enum class reporter_word : std::uint8_t {
    comment,   ///< something to add
    confirm,   ///< it is removed
    dispute,   ///< it is not, whatever the member says
    returned,  ///< it is back
    withdraw   ///< the report is taken back
};
VECHE_CHOICES(reporter_word, comment, confirm, dispute, returned, withdraw)

/// Why a report did not become a case.
enum class decline_ground : std::uint8_t {
    not_an_obstacle,  ///< nothing of common law or of moving is hindered
    elsewhere,        ///< another authority decides; the reason names it
    unclear,          ///< it cannot be understood, and nobody answered
    abusive           ///< advertising, insults, the same sent many times
};
VECHE_CHOICES(decline_ground, not_an_obstacle, elsewhere, unclear, abusive)

/// Where a case is. Nobody types one in: each follows from what was done.
enum class barrier_standing : std::uint8_t {
    waiting,    ///< received, not read yet
    declined,   ///< did not become a case
    withdrawn,  ///< taken back before it was read
    commented,  ///< published as a comment on a draft
    position,   ///< the member's position is due
    finding,    ///< the preliminary finding is due
    panel,      ///< the panel judges what it is
    not_found,  ///< the panel found nothing that hinders
    measures,   ///< the member names measures and proves them
    claimed,    ///< the member says that it is removed
    removed,    ///< confirmed by who reported it, or by a test
    checking,   ///< months later: is it still gone?
    closed      ///< it was
};
VECHE_CHOICES(barrier_standing, waiting, declined, withdrawn, commented, position, finding, panel,
              not_found, measures, claimed, removed, checking, closed)

/// Steps with a clock.
enum class barrier_step : std::uint8_t {
    intake,
    position,
    finding,
    panel,
    plan,    ///< measures named
    remedy,  ///< one measure, by the day that was promised
    claim,   ///< all measures proved: removal said
    confirm,
    check,
    comments,  ///< of a draft
    reply      ///< of a draft
};
VECHE_CHOICES(barrier_step, intake, position, finding, panel, plan, remedy, claim, confirm, check,
              comments, reply)

/// Who said that a barrier is gone, apart from the member.
enum class confirmed_by : std::uint8_t { complainant, test };
VECHE_CHOICES(confirmed_by, complainant, test)

/// How a notified draft ended.
enum class draft_outcome : std::uint8_t { adopted, changed, withdrawn };
VECHE_CHOICES(draft_outcome, adopted, changed, withdrawn)

enum class draft_standing : std::uint8_t {
    open,     ///< comments are taken
    reply,    ///< the member's answer to them is due
    replied,  ///< it answered, or nobody commented
    ended
};
VECHE_CHOICES(draft_standing, open, reply, replied, ended)

/// What the reporter's key signs: nobody but who has the secret link can say it, and no word can be
/// said twice or of another report.
///   veche/barriers/word/v1 LF report LF n LF word LF commitment of the sealed text or - LF
std::string word_statement(const barrier_id&, std::int32_t n, reporter_word,
                           const std::optional<seal_ref>&);
/// The 32-byte seed of the reporter's key: SHA-256 of "veche/barriers/reporter/v1" 00 and the
/// secret of the link, which has 256 bits of chance.
std::string reporter_seed(std::string_view secret);

/// 2, 4 or 6 digits; 2 digits.
bool is_heading(std::string_view);
bool is_service(std::string_view);

}  // namespace veche::barriers
