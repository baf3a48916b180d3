#pragma once
// Barriers from the command line: the list, a case, the scoreboard; a report and later words by a
// key that is made here; cases of another register, all or none.

#include "cli/verbs.hpp"

namespace veche::cli {

struct barriers_options {
    std::string at = ".";  ///< a folder, or the address of a server
    std::string language = "en";
    // Of a list.
    std::string words;
    std::string member;
    std::string class_;
    std::string standing;
    bool late = false;
    bool open = false;
    std::int32_t count = 50;
    // Of one case.
    std::string barrier;
};
int barriers_list(const barriers_options&, const terminal&);
int barriers_show(const barriers_options&, const terminal&);
int barriers_scoreboard(const barriers_options&, const terminal&);

struct barrier_report_options {
    std::string at;  ///< the address of a server: reports go through its desk
    std::string language = "en";
    std::filesystem::path secret;  ///< file of the secret of the link
    std::filesystem::path text;    ///< "-" for standard input, "" for none
    std::string class_;
    std::string member;
    std::string draft;
    std::string contact;
    std::string mail;
    std::string word;  ///< of a report that was made: what is said now
};
/// Makes the secret, writes it to a new file, and sends the report with the public key alone.
int barriers_report(const barrier_report_options&, const terminal&);
/// What a report of ours is at, and what may be said; says it where a word is given, signed here.
int barriers_mine(const barrier_report_options&, const terminal&);

struct barriers_import_options {
    union_options where;
    std::filesystem::path file;
    std::string body;
    std::string batch;
    bool dry_run = false;
};
/// Takes over the cases of a file, or lists what is wrong in it; `refused` where something is.
int barriers_import(const barriers_import_options&, const terminal&);

}  // namespace veche::cli
