#pragma once
// A state put down with where it stands, so that a program starts from there and folds only what
// came after. It is derived and trusted only as far as it proves itself: it names the program that
// wrote it, the journal and the root of the tree up to there, and hashes of all its bytes; `veche
// verify` folds everything anew and compares. Whoever loses it loses time and nothing else.
//
// The file: the bytes of each room and of the versions, then one line of canonical JSON that says
// what and where they are, its SHA-256, the length of that line as eight bytes, and the mark.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/store.hpp"
#include "kernel/cow.hpp"
#include "kernel/fields.hpp"
#include "office/state.hpp"

namespace veche::office {

/// Versions of streams, as conditions of commands name them.
using stream_versions = cow_map<std::string, std::int64_t>;

struct snapshot {
    std::string origin;
    union_state state;
    stream_versions versions;
};

struct snapshot_part {
    std::string name;
    std::int64_t size = 0;
    std::string sha256;
};
VECHE_FIELDS(snapshot_part, (name, "The room."), (size, "Its bytes."),
             (sha256, "Their hash, in hex."))

/// What a snapshot says of itself.
struct snapshot_line {
    std::string origin;
    std::string program;
    std::int64_t size = 0;
    instant at;
    std::string root;
    std::string state;
    std::vector<snapshot_part> parts;
};
VECHE_FIELDS(snapshot_line, (origin, "Name of the journal."),
             (program, "Build id of the program that wrote it."), (size, "Entries folded."),
             (at, "Admission time of the last."), (root, "Root of their tree, in hex."),
             (state, "Hash of the state (state_hash), in hex."),
             (parts, "The parts in the order of their bytes."))

/// Writes it to the sink. `root`: of the tree of its entries.
void write_snapshot(const snapshot&, const hash256& root, std::string_view program,
                    const std::function<void(std::string_view)>& to);
/// What the file says of itself; its bytes are not looked at.
result<snapshot_line> read_snapshot_line(std::string_view file);
/// The snapshot in the file, on so many threads. Refuses another program's, and bytes that are not
/// those of the line.
result<snapshot> read_snapshot(std::string_view file, std::string_view program, unsigned threads);
/// Whether the journal in the store begins with what was folded; a refusal says why not.
result<void> check_snapshot_fits(const snapshot_line&, const std::string& origin,
                                 const journal::store&);

namespace snapshot_refusals {
inline constexpr refusal_kind snapshot_damaged{
    "office.snapshot_damaged", 409, "The snapshot is damaged ({0}). Delete it; it is made anew."};
inline constexpr refusal_kind snapshot_of_another_program{
    "office.snapshot_of_another_program", 409,
    "The snapshot was written by another build of the program and says nothing to this one."};
inline constexpr refusal_kind snapshot_of_another_journal{
    "office.snapshot_of_another_journal", 409,
    "The snapshot is not of this journal: {0}. Delete it; it is made anew."};
inline constexpr const refusal_kind* all[] = {&snapshot_damaged, &snapshot_of_another_program,
                                              &snapshot_of_another_journal};
}  // namespace snapshot_refusals

}  // namespace veche::office
