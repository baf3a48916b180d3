#include "json.hpp"

#include <algorithm>

namespace verifier {
namespace {

class reader {
  public:
    explicit reader(std::string_view text) : text_(text) {}

    value whole() {
        value v = any(0);
        if (at_ != text_.size()) fail("something follows the value");
        return v;
    }

  private:
    [[noreturn]] void fail(const std::string& why) const {
        throw fault("byte " + std::to_string(at_) + ": " + why);
    }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool skip(std::string_view word) {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }
    void need(char c) {
        if (peek() != c) fail(std::string("expected ") + c);
        ++at_;
    }

    value any(int depth) {
        if (depth > 16) fail("too deep");
        const std::size_t begin = at_;
        value v = at_ < text_.size() ? of(text_[at_], depth) : value{};
        if (at_ == begin) fail("no value");
        v.raw = text_.substr(begin, at_ - begin);
        return v;
    }

    value of(char first, int depth) {
        if (first == '{') return object(depth);
        if (first == '[') return array(depth);
        value v;
        if (first == '"') {
            v.is = value::kind::string;
            v.text = string();
        } else if (skip("true")) {
            v.truth = true;
        } else if (!skip("false")) {
            v.is = value::kind::integer;
            v.number = integer();
        }
        return v;
    }

    value object(int depth) {
        value v;
        v.is = value::kind::object;
        need('{');
        std::string last;
        while (peek() != '}') {
            if (!v.members.empty()) need(',');
            std::string key = string();
            if (!v.members.empty() && key <= last) fail("keys do not ascend");
            need(':');
            v.members.emplace(key, any(depth + 1));
            last = std::move(key);
        }
        need('}');
        return v;
    }

    value array(int depth) {
        value v;
        v.is = value::kind::array;
        need('[');
        while (peek() != ']') {
            if (!v.items.empty()) need(',');
            v.items.push_back(any(depth + 1));
        }
        need(']');
        return v;
    }

    /// The bytes between the quotes as they stand: what is compared needs no decoding, and texts in
    /// words are only hashed.
    std::string string() {
        need('"');
        const std::size_t begin = at_;
        while (peek() != '"') {
            if (static_cast<unsigned char>(peek()) < 0x20) fail("a text does not end");
            at_ += peek() == '\\' ? 2 : 1;
        }
        return std::string(text_.substr(begin, at_++ - begin));
    }

    std::int64_t integer() {
        const std::size_t begin = at_;
        const bool negative = skip("-");
        std::int64_t out = 0;
        while (peek() >= '0' && peek() <= '9' && at_ - begin < 17)
            out = out * 10 + (text_[at_++] - '0');
        const std::string_view digits = text_.substr(begin + negative, at_ - begin - negative);
        if (digits.empty() || (digits.size() > 1 && digits.front() == '0') ||
            (negative && digits == "0"))
            fail("no integer");
        return negative ? -out : out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

const std::vector<value> nothing;

}  // namespace

value read_json(std::string_view text) {
    return reader(text).whole();
}

const value& member(const value& object, std::string_view name, value::kind kind) {
    if (object.is != value::kind::object) throw fault(std::string(name) + " is in no object");
    const auto at = object.members.find(name);
    if (at == object.members.end()) throw fault("the field " + std::string(name) + " is missing");
    if (at->second.is != kind) throw fault(std::string(name) + " is of another kind");
    return at->second;
}

const std::vector<value>& list(const value& object, std::string_view name) {
    if (object.is != value::kind::object || !object.members.contains(name)) return nothing;
    return member(object, name, value::kind::array).items;
}

void only(const value& object, std::initializer_list<std::string_view> names) {
    for (const auto& [name, v] : object.members)
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw fault("there is no field " + name);
}

}  // namespace verifier
