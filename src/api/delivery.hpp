#pragma once
// What happens to a response between the handler and the socket: conditional requests, compression,
// dates. Pure.

#include "api/http.hpp"

namespace veche::api {

/// Bodies up to this size are sent as they are: compressing them saves no packet.
constexpr std::size_t compress_above_bytes = 1024;

/// gzip (RFC 1952) of the bytes.
std::string gzip(std::string_view bytes);

/// Whether an Accept-Encoding header allows gzip ("gzip;q=0" forbids it).
bool accepts_gzip(std::string_view accept_encoding);

/// Whether bodies of this media type shrink when compressed.
bool is_compressible(std::string_view media);

/// Whether an If-None-Match header names the validator; comparison is weak, as for GET.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

/// Answers 304 where the client has the body, compresses where that pays, and adds ETag and Vary.
void prepare_delivery(const request&, response&);

/// Date in the form of RFC 9110, "Tue, 24 Nov 2026 10:48:44 GMT", from seconds since 1970.
std::string http_date(std::int64_t unix_s);

}  // namespace veche::api
