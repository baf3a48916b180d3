#pragma once
// `veche inputoutput`: analyses of tables between regions and sectors, from files.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace veche::cli {

/// The table and what is done to it first.
struct io_source {
    std::filesystem::path file;
    std::filesystem::path final_use;      ///< "" where it stands in the table's file
    std::vector<std::string> extensions;  ///< NAME=FILE
    std::vector<std::string> by_final;    ///< NAME=FILE
    std::vector<std::string> units;       ///< NAME=FILE
    std::string layout = "auto";
    std::string between;             ///< "" finds it
    std::vector<std::string> parts;  ///< PART=REGION
    bool icio = false;               ///< the parts of the OECD's tables
    std::string unit;
    std::filesystem::path region_groups, sector_groups;  ///< CSV: name,group
    std::vector<std::string> join;                       ///< NAME=REGION,REGION
};

struct io_options {
    io_source source;
    double tolerance = 1e-6;                      ///< balance
    std::vector<std::string> region;              ///< multipliers, tiva: only these
    std::string method = "borin-mancini-source";  ///< tiva
    std::string by;                               ///< tiva: partner or sector
    std::string extension;                        ///< footprint
    std::string member, partner;                  ///< dependence
    std::vector<std::string> union_;              ///< dependence: other members
    std::vector<std::string> sector;              ///< dependence: only these
    std::vector<std::string> stop;                ///< extract: FROM[|SECTOR]>TO[|SECTOR][:SHARE]
    bool final_use = false;                       ///< extract: deliveries to final use too
    std::size_t top = 20;                         ///< rows of long tables in text; JSON has all
};

int io_balance(const io_options&, const terminal&);
int io_multipliers(const io_options&, const terminal&);
int io_tiva(const io_options&, const terminal&);
int io_footprint(const io_options&, const terminal&);
int io_dependence(const io_options&, const terminal&);
int io_extract(const io_options&, const terminal&);

}  // namespace veche::cli
