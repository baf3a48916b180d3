#pragma once
// What a bank says became of orders, as ISO 20022 pain.002 writes it, in the versions 001.03 and
// 001.10. Read is the fate of each order by its id from end to end, with the reasons; the names and
// accounts that such a report repeats are not read at all. (The reading itself stands in
// bank_statement.cpp, the one file that knows the library of XML.)

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::documents {

/// partly: of a file or a block, some orders so, some otherwise. other: a code that is not known
/// here, or none.
enum class order_fate : std::uint8_t { accepted, pending, rejected, cancelled, partly, other };
VECHE_CHOICES(order_fate, accepted, pending, rejected, cancelled, partly, other)

struct status_reason {
    std::string code;  ///< "AC01"; "" where the bank only says it in words
    bool own = false;  ///< a code of the bank's own, not of ISO 20022
    std::string text;  ///< what the bank adds; "" where nothing
};

struct told_status {
    std::string code;  ///< "ACSC", "RJCT"; "" where nothing is said
    std::vector<status_reason> reasons;
};

struct order_status {
    std::string end_to_end;
    told_status told;
};

struct block_status {
    std::string id;
    told_status told;
};

struct status_report {
    std::string version;  ///< "pain.002.001.10"
    std::string id;
    std::string orders_file;  ///< id of the file of orders that it is about
    told_status whole;
    std::vector<block_status> blocks;
    std::vector<order_status> orders;
};

/// By the codes of ISO 20022, ExternalPaymentGroupStatus1Code and
/// ExternalPaymentTransactionStatus1Code.
order_fate fate_of(std::string_view code);
/// What a code of ExternalStatusReason1Code means, in plain English; "" where it is not known here.
std::string_view reason_words(std::string_view code);

/// An order of which nothing is said by itself shares the status of its block, else that of the
/// file, with the reasons given there, unless that says "partly". Refuses what is no XML, has a
/// DOCTYPE, is another message or version (which it names), or does not say of which orders it is.
result<status_report> read_status_report(std::string_view bytes);

}  // namespace veche::documents
