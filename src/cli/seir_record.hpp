#pragma once
// The record of a run of `veche seir`: what it was made of and the hash of what came out, so that
// anybody who has the files can run it again.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/seir.hpp"
#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::cli {

struct seir_input {
    std::string role;
    std::string file;
    std::string sha256;
};
VECHE_FIELDS(seir_input, (role, "regions, presence, measures or doses."),
             (file, "Its path from the folder of the record."), (sha256, "SHA-256 of its bytes."))

struct seir_setting {
    std::string name;
    std::string value;
};
VECHE_FIELDS(seir_setting, (name, "Name of the setting."), (value, "Its value; lists by blanks."))

struct seir_record {
    std::string method;
    std::vector<seir_setting> settings;
    std::vector<seir_input> inputs;
    std::string result;
};
VECHE_FIELDS(seir_record, (method, "The method with its version."),
             (settings, "All settings, also those that were not said."),
             (inputs, "The files it was made of."),
             (result, "SHA-256 of the tables that came out."))

/// A new number whenever the same input gives other figures.
inline constexpr const char* seir_method = "seir/1";

std::vector<seir_setting> settings_of(const seir_options&);
/// The options with all that the record says; its files are looked for from `folder`. Refuses a
/// record of another method and settings that cannot be read.
result<seir_options> options_of(const seir_record&, const std::filesystem::path& folder,
                                seir_options how);

}  // namespace veche::cli
