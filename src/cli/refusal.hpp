#pragma once
// What the command line refuses by itself.

#include "kernel/result.hpp"

namespace veche::cli::refusals {

inline constexpr refusal_kind scenario_damaged{"cli.scenario_damaged", 400,
                                               "The scenario cannot be played: {0}."};
inline constexpr refusal_kind file_unreadable{"cli.file_unreadable", 400,
                                              "The file {0} cannot be read: {1}."};
inline constexpr refusal_kind file_unwritable{"cli.file_unwritable", 400,
                                              "The file {0} cannot be written: {1}."};
inline constexpr refusal_kind key_malformed{
    "cli.key_malformed", 400, "The file {0} does not hold a key made by veche keygen."};
inline constexpr refusal_kind folder_unusable{"cli.folder_unusable", 400,
                                              "The folder {0} is not usable: {1}."};

inline constexpr const refusal_kind* all[] = {&scenario_damaged, &file_unreadable, &file_unwritable,
                                              &key_malformed, &folder_unusable};

}  // namespace veche::cli::refusals
