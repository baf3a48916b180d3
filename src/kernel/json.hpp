#pragma once
// JSON as the journal keeps it: RFC 8785 narrowed (docs/format/journal.md): UTF-8, keys [a-z0-9_]
// in ascending order, integers within +-(2^53-1), no floats, no whitespace, depth at most 16.
// Three tools:
//   canonicalize  anything a person or a client sends -> canonical bytes, or a refusal with a place
//   document      canonical bytes -> a tree of views into them, in one strict pass
//   writer        values -> canonical bytes

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"

namespace veche::json {

constexpr std::int64_t max_integer = (std::int64_t{1} << 53) - 1;
constexpr int max_depth = 16;

enum class kind : std::uint8_t { null, boolean, integer, string, array, object };

class document;

/// A view of one value. Valid as long as its document and the parsed bytes are.
class node {
  public:
    node() = default;
    [[nodiscard]] json::kind kind() const;
    [[nodiscard]] bool is(json::kind k) const { return kind() == k; }
    [[nodiscard]] bool as_bool() const;
    [[nodiscard]] std::int64_t as_integer() const;
    [[nodiscard]] std::string_view as_string() const;
    /// The value's own bytes.
    [[nodiscard]] std::string_view raw() const;
    /// Elements of an array or members of an object.
    [[nodiscard]] std::size_t size() const;

    /// First element, or the first member's value; valid() is false at the end.
    [[nodiscard]] node first() const;
    [[nodiscard]] node next() const;
    [[nodiscard]] bool valid() const { return doc_ != nullptr; }
    /// Name of a member (only for values reached by first() and next() of an object).
    [[nodiscard]] std::string_view key() const;
    /// Member of an object by name; not valid() where it is absent.
    [[nodiscard]] node find(std::string_view name) const;

  private:
    friend class document;
    node(const document* doc, std::uint32_t at, std::uint32_t end)
        : doc_(doc), at_(at), end_(end) {}
    const document* doc_ = nullptr;
    std::uint32_t at_ = 0;   // index of this value on the tape
    std::uint32_t end_ = 0;  // index just past the parent's last descendant
};

/// A parsed canonical text. Reusable: reset() keeps its memory.
class document {
  public:
    document() = default;
    document(const document&) = delete;
    document& operator=(const document&) = delete;

    /// Parses exactly one canonical value. The bytes must outlive the document.
    /// Refuses with json.not_canonical and the byte offset where the bytes depart from the form.
    [[nodiscard]] result<void> reset(std::string_view canonical);
    [[nodiscard]] node root() const { return {this, 0, static_cast<std::uint32_t>(tape_.size())}; }

  private:
    friend class node;
    friend class canonical_reader;
    struct cell {
        json::kind kind;
        bool escaped;              // string: text lies in decoded_, not in bytes_
        std::uint32_t begin, end;  // the value's bytes (a string's quotes included)
        std::uint32_t next;        // tape index after this value and its descendants
        std::uint32_t key_begin, key_size;
        std::int64_t payload;  // integer; bool; members or elements; offset<<32|size in decoded_
    };
    std::string_view bytes_;
    std::vector<cell> tape_;
    std::string decoded_;
};

// Here because every entry is read through them, many times.

inline json::kind node::kind() const {
    return doc_->tape_[at_].kind;
}
inline bool node::as_bool() const {
    return doc_->tape_[at_].payload != 0;
}
inline std::int64_t node::as_integer() const {
    return doc_->tape_[at_].payload;
}
inline std::string_view node::as_string() const {
    const auto& c = doc_->tape_[at_];
    if (!c.escaped) return doc_->bytes_.substr(c.begin + 1, c.end - c.begin - 2);
    const auto packed = static_cast<std::uint64_t>(c.payload);
    return std::string_view(doc_->decoded_).substr(packed >> 32, packed & 0xFFFFFFFF);
}
inline std::string_view node::raw() const {
    const auto& c = doc_->tape_[at_];
    return doc_->bytes_.substr(c.begin, c.end - c.begin);
}
inline std::size_t node::size() const {
    const auto& c = doc_->tape_[at_];
    return c.kind == kind::array || c.kind == kind::object ? static_cast<std::size_t>(c.payload)
                                                           : 0;
}
inline node node::first() const {
    if (size() == 0) return {};
    return {doc_, at_ + 1, doc_->tape_[at_].next};
}
inline node node::next() const {
    const std::uint32_t after = doc_->tape_[at_].next;
    if (after >= end_) return {};
    return {doc_, after, end_};
}
inline std::string_view node::key() const {
    const auto& c = doc_->tape_[at_];
    return doc_->bytes_.substr(c.key_begin, c.key_size);
}
inline node node::find(std::string_view name) const {
    if (!is(json::kind::object)) return {};
    for (node member = first(); member.valid(); member = member.next())
        if (member.key() == name) return member;
    return {};
}

/// Any JSON text -> canonical bytes. Refuses what the narrowed form cannot hold: floats, duplicate
/// or odd keys, lone surrogates, big integers, too deep; and text that is not JSON at all.
result<std::string> canonicalize(std::string_view text);

/// The full RFC 8785 form (floats, any key), for comparing with other tools. Not used for entries.
result<std::string> canonicalize_rfc8785(std::string_view text);

/// The members of a foreign JSON object, by name, each value in full RFC 8785 form. Refuses text
/// that is no object or names a member twice.
result<std::map<std::string, std::string, std::less<>>> read_foreign_object(std::string_view text);

/// Writes canonical bytes. Keys must come in ascending order; a breach is a broken invariant.
class writer {
  public:
    writer() { out_.reserve(256); }
    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);
    void string(std::string_view text);
    void integer(std::int64_t value);
    void boolean(bool value);
    void null();
    /// Bytes that are canonical JSON already.
    void raw(std::string_view canonical);
    [[nodiscard]] const std::string& bytes() const { return out_; }
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    struct key_place {
        std::size_t begin = 0, size = 0;  // in out_
    };
    void separate();
    std::string out_;
    bool fresh_ = true;            // nothing written yet in the innermost container
    std::vector<key_place> keys_;  // last key of each open object, "" before the first
};

/// A quoted, escaped JSON string.
std::string quoted(std::string_view text);

/// Canonical bytes held as a value: a command inside a command, a rule inside a charter.
struct raw_json {
    std::string bytes;
    bool operator==(const raw_json&) const = default;
};

namespace refusals {
inline constexpr refusal_kind not_json{"json.not_json", 400, "The text is not JSON: {0}."};
inline constexpr refusal_kind not_canonical{"json.not_canonical", 400,
                                            "The bytes leave the canonical form at byte {0}: {1}."};
inline constexpr refusal_kind not_representable{
    "json.not_representable", 400, "The journal's form of JSON cannot hold this value: {0}."};
inline constexpr refusal_kind wrong_type{"json.wrong_type", 400, "Expected {0}."};
inline constexpr refusal_kind unknown_field{"json.unknown_field", 400,
                                            "There is no field called {0}."};
inline constexpr refusal_kind missing_field{"json.missing_field", 400, "The field {0} is missing."};
inline constexpr refusal_kind out_of_range{"json.out_of_range", 400,
                                           "The value is out of range: {0}."};
inline constexpr const refusal_kind* all[] = {&not_json,    &not_canonical, &not_representable,
                                              &wrong_type,  &unknown_field, &missing_field,
                                              &out_of_range};
}  // namespace refusals

}  // namespace veche::json
