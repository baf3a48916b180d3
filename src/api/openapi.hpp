#pragma once
// The API described (OpenAPI 3.1), made from the same descriptions that read and write its
// messages: one path for each command and each view.

#include <string>

namespace veche::api {

/// The document as JSON.
std::string openapi_document(const std::string& public_url);

}  // namespace veche::api
