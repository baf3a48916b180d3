#pragma once
// Time-ordered unique keys (UUIDv7, RFC 9562 section 5.7) for idempotency; made at the edge only.

#include <cstdint>
#include <string>

namespace veche::api {

/// "01980000-0000-7000-8000-000000000000" in lower case: 48 bits of milliseconds, then chance.
std::string make_uuid7(std::int64_t unix_ms);

}  // namespace veche::api
