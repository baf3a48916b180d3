// The only door through which JSON from people and clients enters: simdjson parses, this file
// narrows (docs/format/journal.md) and writes canonical bytes.

#include <algorithm>

#include <simdjson.h>

#include "kernel/json.hpp"
#include "kernel/text.hpp"

namespace veche::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

class narrower {
  public:
    bool value(const element& e, int depth) {
        if (depth > max_depth) return fail("it is nested deeper than 16 levels");
        switch (e.type()) {
            case element_type::NULL_VALUE:
                out_.null();
                return true;
            case element_type::BOOL:
                out_.boolean(bool(e));
                return true;
            case element_type::INT64:
                return integer(std::int64_t(e));
            case element_type::STRING:
                out_.string(std::string_view(e));
                return true;
            case element_type::ARRAY:
                return array(e, depth);
            case element_type::OBJECT:
                return object(e, depth);
            case element_type::UINT64:
                return fail("a number is beyond 2^53-1; write it as a text");
            case element_type::DOUBLE:
                return fail("a number is not an integer");
        }
        return fail("it is of an unknown type");
    }
    writer out_;
    std::string why_;

  private:
    bool fail(std::string why) {
        why_ = std::move(why);
        return false;
    }
    bool integer(std::int64_t v) {
        if (v > max_integer || v < -max_integer)
            return fail("a number is beyond 2^53-1; write it as a text");
        out_.integer(v);
        return true;
    }
    bool array(const element& e, int depth) {
        out_.begin_array();
        for (const element child : simdjson::dom::array(e))
            if (!value(child, depth + 1)) return false;
        out_.end_array();
        return true;
    }
    bool object(const element& e, int depth) {
        std::vector<std::pair<std::string_view, element>> members;
        for (const auto member : simdjson::dom::object(e))
            members.emplace_back(member.key, member.value);
        std::sort(members.begin(), members.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        out_.begin_object();
        for (std::size_t i = 0; i < members.size(); ++i) {
            const auto& [name, child] = members[i];
            if (!text::is_key(name))
                return fail("the key \"" + std::string(name) + "\" is not of [a-z0-9_]");
            if (i > 0 && members[i - 1].first == name)
                return fail("the key \"" + std::string(name) + "\" stands twice");
            out_.key(name);
            if (!value(child, depth + 1)) return false;
        }
        out_.end_object();
        return true;
    }
};

}  // namespace

result<std::string> canonicalize(std::string_view input) {
    // One parser per thread: it keeps its buffers.
    thread_local simdjson::dom::parser parser;
    element root;
    if (const auto error = parser.parse(input.data(), input.size()).get(root))
        return refuse(refusals::not_json, {}, simdjson::error_message(error));
    narrower n;
    if (!n.value(root, 0)) return refuse(refusals::not_representable, {}, n.why_);
    return n.out_.take();
}

}  // namespace veche::json
