#pragma once
// What is known of secret votes: public, as the journal is. The ballots themselves stay on the
// journal; here is what counting and checking needs.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assembly/secret_commands.hpp"
#include "assembly/secret_events.hpp"

namespace veche::assembly {

struct voting_roll;

/// The public part of what a seat's holder votes with. Void when somebody else holds the seat.
struct voter_credential {
    ballot::element credential;
    person_id holder;
    std::uint64_t seq = 0;
};

struct trustee_keys {
    ballot::element signing;
    ballot::element encryption;
    std::uint64_t seq = 0;
};

/// One ballot on the board. `seq` is the entry of its act.
struct board_mark {
    ballot::digest tracker;
    std::uint32_t position = 0;  ///< of the seat in the roll of electors
    instant at;
    std::uint64_t seq = 0;
};

/// Where a secret vote stands.
enum class secret_status : std::uint8_t {
    preparing,   ///< the trustees make the key
    casting,     ///< ballots are taken
    decrypting,  ///< closed; the trustees decrypt the totals
    decided,
    void_,      ///< too few took part: nothing is decrypted
    abandoned,  ///< given up, or a trustee's complaint holds
};
VECHE_CHOICES(secret_status, preparing, casting, decrypting, decided, void_, abandoned)

struct secret_vote {
    vote_id id;
    motion_id motion;
    session_id session;
    body_id body;
    std::vector<secret_option> options;       ///< as asked for: none where the motion is voted on
    std::vector<person_id> trustees;          ///< the first has number 1
    std::shared_ptr<const voting_roll> roll;  ///< all who are entitled, and the rule of the day
    /// Credentials on the roll and the position of each one's seat, ascending.
    std::vector<std::pair<ballot::element, std::uint32_t>> voters;
    /// The public record as far as it has come, without the ballots' bytes.
    ballot::record record{ballot::record::proofs::before};
    std::vector<std::uint64_t> messages;  ///< entries of the ceremony, in order
    std::vector<board_mark> board;        ///< accepted ballots, in order
    std::vector<std::uint64_t> parts;     ///< entries of partial decryptions, in order
    instant opened;
    std::optional<instant> casting_since;
    std::optional<instant> closed;
    std::optional<instant> ended;  ///< decided, void or abandoned
    std::optional<ballot::closing> closing;
    bool abandoned = false;
    localized reason;  ///< of giving it up
    std::shared_ptr<const secret_vote_decided> result;
    std::uint64_t seq = 0;
    std::uint64_t decided_seq = 0;

    [[nodiscard]] secret_status status() const;
    /// Whether it keeps its motion and its session waiting.
    [[nodiscard]] bool under_way() const;
    /// Position of the seat with this credential, where it is on the roll.
    [[nodiscard]] std::optional<std::uint32_t> position_of(const ballot::element&) const;
    /// Number of the trustee, from 1; nothing for anybody else.
    [[nodiscard]] std::optional<std::int32_t> trustee_number(const person_id&) const;
};

}  // namespace veche::assembly
