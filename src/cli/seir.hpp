#pragma once
// `veche seir`: what would happen under which measures, from tables of regions, presence, measures
// and doses.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "epidemic/planning_table.hpp"

namespace veche::cli {

struct seir_options {
    // What a run is made of: all of it stands in its record.
    std::filesystem::path regions, presence, measures, doses;
    epidemic::planning_columns columns;
    std::string start;  ///< date of day 1; "" where days are numbers
    double beta = 0;    ///< or
    double reproduction = 0;
    double latent_days = 0;
    double infectious_days = 0;
    double home = 0.5;
    double fatality = 0;
    double dose_chance = 0;
    epidemic::hospital_course hospital;
    std::vector<double> ve_infection, ve_transmission, ve_death, ve_admission;  ///< by dose
    std::size_t days = 365;
    std::size_t replicates = 200;
    std::uint32_t seed = 1;
    std::size_t steps = 1;
    double level = 0.95;
    double tolerance = 1e-6;
    // How it is run and where it goes.
    int threads = 1;
    std::filesystem::path all, by_region, svg, record, replay;
    std::string drawn = "infectious";
};

/// Scenarios side by side, by equations and by chance. With a record: whether it comes out again.
int seir(const seir_options&, const terminal&);

}  // namespace veche::cli
