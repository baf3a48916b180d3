#pragma once
// Files of preventive measures as commands of one batch, for `veche measures import` and scenarios.

#include "cli/registry_rows.hpp"
#include "cli/verbs.hpp"
#include "prevention/csv_orders.hpp"

namespace veche::cli {

struct order_import_options {
    union_options where;
    std::string file;
    std::vector<std::string> members;  ///< as BLR=by
    std::string from;                  ///< days before it are passed over
    std::string to;                    ///< likewise after it
    std::string source;
    std::string body;
    std::string batch;
    bool dry_run = false;
};
/// Records the orders of a file together, or lists what is wrong in it; `refused` where something
/// is.
int measures_import(const order_import_options&, const terminal&);

/// Of options as text; refuses a day or a member that cannot be read.
result<prevention::csv_orders_options> reading_of_orders(const order_import_options&);

/// The parts of the batch, and its acceptance at the end.
std::vector<batch_command> order_commands_of(const prevention::order_batch_id&, const body_id&,
                                             const std::vector<prevention::staged_order>&);

}  // namespace veche::cli
