#pragma once
// `veche ballot`: secret ballots in files, without any union. One function per verb.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/verbs.hpp"

namespace veche::cli {

struct ballot_options {
    std::filesystem::path record;  ///< the public record, JSON lines; at a union the id of the vote
    union_options where{.at = "", .as = {}, .auth = {}, .key = {}, .login = {}};  ///< or no union
    std::string seat;           ///< whose credential is registered
    std::filesystem::path key;  ///< a voter's or trustee's secret
    std::filesystem::path to;   ///< where to write
    std::filesystem::path definition;
    std::filesystem::path roll;
    std::vector<std::filesystem::path> files;
    std::vector<std::string> choose;  ///< ids of options, or "blank"
    std::string trustee;              ///< name; "" for a voter
    std::string tracker;
    bool cast = false;
    unsigned threads = 0;
};

/// Makes the secret of a voter or trustee and prints its public part.
int ballot_keygen(const ballot_options&, const terminal&);
/// Registers the public part of a secret at a union, for a seat or as a trustee.
int ballot_register(const ballot_options&, const terminal&);
/// Writes the record of a union's secret vote.
int ballot_export(const ballot_options&, const terminal&);
/// Begins a record from a definition and a roll.
int ballot_start(const ballot_options&, const terminal&);
/// A trustee's next step in the making of the key.
int ballot_ceremony(const ballot_options&, const terminal&);
/// Opens the ballot once every trustee has confirmed.
int ballot_open(const ballot_options&, const terminal&);
/// Encrypts a ballot into a file of its own, without any server.
int ballot_vote(const ballot_options&, const terminal&);
/// Puts ballots on the record.
int ballot_cast(const ballot_options&, const terminal&);
/// Checks a challenged ballot.
int ballot_audit(const ballot_options&, const terminal&);
/// Finds a ballot by its tracker.
int ballot_find(const ballot_options&, const terminal&);
int ballot_close(const ballot_options&, const terminal&);
/// A trustee's part of the decryption.
int ballot_decrypt(const ballot_options&, const terminal&);
/// Puts the parts together and records the result.
int ballot_tally(const ballot_options&, const terminal&);
/// Recomputes the whole record.
int ballot_verify(const ballot_options&, const terminal&);

}  // namespace veche::cli
