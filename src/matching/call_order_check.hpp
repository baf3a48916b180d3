#pragma once
// Whether an order of calls is the one that the rule gives, seen from ranks, kinds and order alone.
// Shares no code with what makes the order (call_order.cpp).

#include <cstdint>
#include <span>
#include <string>

#include "matching/call_order.hpp"

namespace veche::matching {

/// What is wrong with it, in words; empty where it is right. One pass from the back to see who
/// still waits, one from the front to judge each call.
std::string call_order_fault(std::span<const call_kind> by_rank, least_rates,
                             std::span<const std::uint32_t> order);

}  // namespace veche::matching
