#pragma once
// `veche doses`: stock books, shares and plans of doses from plain files, without any union.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/dose_rows.hpp"
#include "cli/terminal.hpp"
#include "doses/views.hpp"

namespace veche::cli {

struct dose_book_options {
    std::filesystem::path file;  ///< events, one a row
    std::int32_t vial = 1;
    std::int32_t course = 1;
    std::int32_t interval_min = 0;
    std::filesystem::path moves;  ///< new file for every move of every lot
};

struct dose_share_options {
    std::filesystem::path file;  ///< regions
    std::int64_t doses = 0;
    std::int64_t pack = 1;
    std::int64_t scale = 1;
};

struct dose_plan_options {
    std::filesystem::path regions;
    std::filesystem::path groups;
    std::int32_t weeks = 26;
    std::int32_t interval = 3;
    std::string effect = "0.8";
    std::string supply = "0.02";
    std::string capacity = "0.04";
    std::string floor = "0.15";
    std::filesystem::path plan;         ///< new file for the doses by region, group and week
    std::filesystem::path certificate;  ///< new file for plan and prices, as JSON
    std::filesystem::path check;        ///< such a file, to be judged without the solver
    std::int32_t pack = 1;
    std::vector<std::string> floors;  ///< steps for which the price of the floor is told
    std::filesystem::path plot;       ///< new file for a picture of it
    // The command that lets a decision bind the plan.
    std::filesystem::path command;  ///< new file for the body of doses.allocate
    std::string allocation;
    std::string product;
    std::string from;
    std::int32_t now = 1;
    std::string within = "0.001";
    std::string policy = "lockbox";
    std::int32_t horizon = 0;
    std::vector<std::string> why;       ///< LANG=TEXT
    std::vector<std::string> datasets;  ///< regions=ID, groups=ID
};

struct dose_policy_options {
    std::vector<std::int64_t> supply;
    std::filesystem::path supply_file;  ///< column `doses`, a row a week
    std::int32_t weeks = 26;
    std::int32_t interval = 3;
    std::vector<std::int32_t> horizons = {1, 2};
    std::filesystem::path all;   ///< new file for every week of every policy
    std::filesystem::path plot;  ///< new file for a picture
};

/// What a book comes to: where every dose is, and each lot with its life.
struct kept_stock {
    doses::stock_view stock;
    std::vector<doses::lot_view> lots;
};
/// Rows as `dose_book` reads them, kept by the rules of the room.
result<kept_stock> kept_stock_of(const dose_book_options&, const std::vector<dose_row>&);

/// Events by the rules of the room of doses, all rows or none: a row that breaks a rule is named
/// with what to do.
int dose_book(const dose_book_options&, const terminal&);
/// Rules of sharing side by side.
int dose_share(const dose_share_options&, const terminal&);
/// The plan of first doses that averts most deaths, with its bound and the price of the floor.
int dose_plan(const dose_plan_options&, const terminal&);
/// Policies for second doses side by side.
int dose_policies(const dose_policy_options&, const terminal&);

}  // namespace veche::cli
