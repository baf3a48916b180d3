#pragma once
// A strict reader of the record's JSON: no spaces, keys ascending, integers alone. Anything else is
// an error, because hashes are taken over the bytes as they are.

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace verifier {

/// What is wrong with a record, in words.
struct fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct value {
    enum class kind { boolean, integer, string, array, object };
    kind is = kind::boolean;
    bool truth = false;
    std::int64_t number = 0;
    std::string text;
    std::vector<value> items;
    std::map<std::string, value, std::less<>> members;
    std::string_view raw;  ///< its bytes in the line
};

/// Reads one value that fills the whole text. The text outlives the value.
value read_json(std::string_view text);

/// The object's member; a fault where it is missing.
const value& member(const value& object, std::string_view name, value::kind kind);
/// A member that may be missing where it is empty.
const std::vector<value>& list(const value& object, std::string_view name);
/// Nothing but these members.
void only(const value& object, std::initializer_list<std::string_view> names);

}  // namespace verifier
