#pragma once
// The verbs of a witness: what a member runs, and what a reader does with two checkpoints that do
// not go together.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace veche::cli {

struct witness_init_options {
    std::filesystem::path folder;
    std::string name;
};
/// Makes a witness: its key, and a memory that knows no log yet.
int witness_init(const witness_init_options&, const terminal&);

struct witness_log_options {
    std::filesystem::path folder;
    std::vector<std::string> keys;  ///< verifier keys, or files that hold them
    std::string origin;             ///< "" takes the name of the key
    std::string url;
};
/// Makes a log known to a witness, or changes its keys and address.
int witness_add_log(const witness_log_options&, const terminal&);

struct witness_serve_options {
    std::filesystem::path folder;
    std::string listen = "127.0.0.1:8090";
    double per_second = 20;
    std::vector<std::string> proxies;
    std::string log_level = "info";
};
/// Serves until SIGTERM or SIGINT. Looks at each log whose address it knows first.
int witness_serve(const witness_serve_options&, const terminal&);

struct witness_watch_options {
    std::filesystem::path folder;
    std::string origin;  ///< "" watches every log whose address is known
    std::int64_t every_s = 60;
    bool once = false;
    bool full = false;  ///< recompute all of the journal before a cosignature
};
/// Fetches checkpoints and tiles itself, and cosigns what holds. `refused` where a log does not.
int witness_watch(const witness_watch_options&, const terminal&);

struct witness_folder_options {
    std::filesystem::path folder;
    std::filesystem::path to;
    std::vector<std::string> from;
};
/// What it has seen.
int witness_show(const witness_folder_options&, const terminal&);
/// Writes what it cosigned last of each log, and evidence, as files.
int witness_export(const witness_folder_options&, const terminal&);
/// Raises a memory by checkpoints that carry the witness's own signature.
int witness_raise(const witness_folder_options&, const terminal&);

struct fork_options {
    std::string a;  ///< file, folder or address of a checkpoint; of check-fork: the proof
    std::string b;
    std::string log;   ///< where the longer of the two histories can be read
    std::string vkey;  ///< or a file that holds it
    std::filesystem::path to;
};
/// Proves two histories by two checkpoints, for anybody to check.
int witness_fork_proof(const fork_options&, const terminal&);
/// Checks such a proof; `refused` where it proves nothing.
int witness_check_fork(const fork_options&, const terminal&);

}  // namespace veche::cli
