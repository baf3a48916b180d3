#pragma once
// What one may ask about secret votes. A secret vote is for persons: the ballots are encrypted on
// the voters' machines, only the totals of all of them are ever decrypted, and only by several
// trustees together (room ballot, docs/secret-ballots.md).

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/terms.hpp"
#include "ballot/record.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

/// By the holder of the seat. The secret part stays on the holder's own machine. It serves every
/// secret vote opened from then on, until another is registered or the seat changes hands.
struct register_credential {
    static constexpr wire_info wire{"assembly.register_credential", 1,
                                    "Register the public part of a voter's credential."};
    std::string seat;
    ballot::element credential;
};
VECHE_FIELDS(register_credential, (seat, "The seat you hold."),
             (credential, "Public part of your credential, as the program shows it."))

/// By any person who holds a seat or an office.
struct register_trustee {
    static constexpr wire_info wire{"assembly.register_trustee", 1,
                                    "Register the public keys of a trustee of secret votes."};
    ballot::element signing;
    ballot::element encryption;
};
VECHE_FIELDS(register_trustee, (signing, "Key that your messages are signed with."),
             (encryption, "Key that shares for you are encrypted to."))

/// One person who may be elected, and what the decision orders if so.
struct secret_option {
    std::string id;
    localized title;
    std::vector<enactment> enactments;
};
VECHE_FIELDS(secret_option, (id, "Short name of the option, unique in the vote."),
             (title, "The option in words, by language."),
             (enactments,
              "Commands that the decision orders if this is chosen, after those of "
              "the motion."))

/// Power "preside". Fixes who may vote: the holders of seats present who have registered a
/// credential. Without options the motion itself is voted on: yes, no, or blank.
struct open_secret_vote {
    static constexpr wire_info wire{"assembly.open_secret_vote", 1,
                                    "Open a secret vote on a motion or for an election."};
    vote_id vote;
    motion_id motion;
    std::vector<secret_option> options;
    std::optional<std::int32_t> floor;
    std::vector<person_id> trustees;
    std::optional<std::int32_t> threshold;
};
VECHE_FIELDS(open_secret_vote, (vote, "Id of the vote."), (motion, "The motion."),
             (options,
              "Who may be elected; the motion itself is voted on where nothing is said. A "
              "blank vote is always offered."),
             (floor, "Voters who must take part; as the charter says where nothing is said."),
             (trustees, "The trustees, where the charter does not name their offices."),
             (threshold, "Trustees who decrypt together; as the charter says otherwise."))

/// By a trustee: its next message of the ceremony in which the key is made. Exactly one is given.
struct send_key_message {
    static constexpr wire_info wire{"assembly.send_key_message", 1,
                                    "Take the next step of a trustee in making the key."};
    vote_id vote;
    std::optional<ballot::key_commitment> commitment;
    std::optional<ballot::key_coefficients> coefficients;
    std::optional<ballot::key_shares> shares;
    std::optional<ballot::key_confirmation> confirmation;
    std::optional<ballot::key_complaint> complaint;
};
VECHE_FIELDS(send_key_message, (vote, "The vote."),
             (commitment, "First: the hash of the coefficients."),
             (coefficients, "Second: the coefficients."),
             (shares, "Third: the encrypted shares for the other trustees."),
             (confirmation, "Fourth: that all shares are right."),
             (complaint, "Or fourth: that a share is wrong; it ends the vote."))

/// By the holder of the seat whose credential it is. The last ballot before closing counts.
struct cast_secret_ballot {
    static constexpr wire_info wire{"assembly.cast_secret_ballot", 1,
                                    "Hand in an encrypted ballot in a secret vote."};
    vote_id vote;
    veche::ballot::secret_ballot ballot;
};
VECHE_FIELDS(cast_secret_ballot, (vote, "The vote."), (ballot, "The encrypted ballot."))

/// Power "preside".
struct close_secret_vote {
    static constexpr wire_info wire{"assembly.close_secret_vote", 1,
                                    "Close a secret vote for ballots."};
    vote_id vote;
};
VECHE_FIELDS(close_secret_vote, (vote, "The vote."))

/// By a trustee, after the closing.
struct decrypt_secret_vote {
    static constexpr wire_info wire{"assembly.decrypt_secret_vote", 1,
                                    "Give a trustee's part in decrypting the totals."};
    vote_id vote;
    ballot::partial_decryption part;
};
VECHE_FIELDS(decrypt_secret_vote, (vote, "The vote."), (part, "The trustee's part, with proofs."))

/// Power "preside". Nothing more is decrypted; the motion waits for another vote.
struct abandon_secret_vote {
    static constexpr wire_info wire{"assembly.abandon_secret_vote", 1,
                                    "Give up a secret vote that cannot be finished."};
    vote_id vote;
    localized reason;
};
VECHE_FIELDS(abandon_secret_vote, (vote, "The vote."), (reason, "Why, by language."))

using secret_commands =
    std::tuple<register_credential, register_trustee, open_secret_vote, send_key_message,
               cast_secret_ballot, close_secret_vote, decrypt_secret_vote, abandon_secret_vote>;

}  // namespace veche::assembly
