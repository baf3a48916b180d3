#include "journal/policy.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "journal/refusal.hpp"

namespace veche::journal {
namespace {

constexpr std::size_t most_policy_bytes = 256 * 1024;
constexpr std::size_t most_policy_names = 256;  // of each kind; the specification asks for 32

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> out;
    while (!line.empty()) {
        const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
        line.remove_prefix(begin);
        const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
        if (end > 0) out.emplace_back(line.substr(0, end));
        line.remove_prefix(end);
    }
    return out;
}

bool has_control(std::string_view line) {
    return std::any_of(line.begin(), line.end(), [](char c) {
        const auto b = static_cast<unsigned char>(c);
        return (b < 0x20 && c != '\t') || b == 0x7F;
    });
}

class policy_reader {
  public:
    result<policy> read(std::string_view text) {
        if (text.size() > most_policy_bytes) return wrong("the file is too large");
        if (!text.empty() && text.back() != '\n') return wrong("the last line does not end");
        while (!text.empty()) {
            ++line_;
            const std::size_t end = text.find('\n');
            const std::string_view line = text.substr(0, end);
            text.remove_prefix(end + 1);
            if (has_control(line)) return wrong("it has a control character");
            const auto words = words_of(line);
            if (words.empty() || words.front().front() == '#') continue;
            VECHE_CHECK(take(words));
        }
        if (!quorum_) return wrong("it names no quorum");
        return std::move(out_);
    }

  private:
    tl::unexpected<refusal> wrong(std::string why) const {
        return refuse(refusals::policy_malformed, {}, std::to_string(line_), std::move(why));
    }

    result<void> take(const std::vector<std::string>& words) {
        if (words[0] == "log") return log(words);
        if (words[0] == "witness") return witness(words);
        if (words[0] == "group") return group(words);
        if (words[0] == "quorum") return quorum(words);
        return wrong("\"" + words[0] + "\" is none of log, witness, group, quorum");
    }

    result<void> log(const std::vector<std::string>& words) {
        if (words.size() < 2 || words.size() > 3) return wrong("a log is its key and its address");
        const auto key = parse_verifier_key(words[1]);
        if (!key) return wrong(key.error().sentence());
        if (!log_keys_.insert(key->public_key).second) return wrong("it names one log twice");
        if (log_keys_.size() > most_policy_names) return wrong("it names too many logs");
        out_.logs.push_back({*key, words.size() > 2 ? words[2] : ""});
        return {};
    }

    result<void> witness(const std::vector<std::string>& words) {
        if (words.size() < 3 || words.size() > 4)
            return wrong("a witness is its name, its key and its address");
        const auto key = parse_witness_key(words[2]);
        if (!key) return wrong(key.error().sentence());
        if (!witness_keys_.insert(key->public_key).second)
            return wrong("two witnesses have one key");
        VECHE_CHECK(define(words[1]));
        out_.witnesses.push_back({words[1], *key, words.size() > 3 ? words[3] : ""});
        return {};
    }

    result<void> group(const std::vector<std::string>& words) {
        if (words.size() < 4) return wrong("a group is its name, how many, and of whom");
        policy_group made{words[1], 0, {words.begin() + 3, words.end()}};
        for (const std::string& part : made.members) {
            if (!names_.contains(part)) return wrong("nothing before it is called " + part);
            if (!grouped_.insert(part).second) return wrong(part + " is in groups twice");
        }
        const std::string& many = words[2];
        const char* const end = many.data() + many.size();
        if (many == "all") {
            made.k = made.members.size();
        } else if (many == "any") {
            made.k = 1;
        } else if (const auto [at, error] = std::from_chars(many.data(), end, made.k);
                   error != std::errc{} || at != end || many.front() == '0') {
            return wrong(many + " is none of all, any, and a number");
        }
        if (made.k < 1 || made.k > made.members.size())
            return wrong(many + " of " + std::to_string(made.members.size()) +
                         " cannot be reached");
        VECHE_CHECK(define(made.name));
        out_.groups.push_back(std::move(made));
        return {};
    }

    result<void> quorum(const std::vector<std::string>& words) {
        if (words.size() != 2) return wrong("a quorum is one name");
        if (quorum_) return wrong("it names two quorums");
        if (words[1] != no_quorum && !names_.contains(words[1]))
            return wrong("nothing before it is called " + words[1]);
        quorum_ = true;
        out_.quorum = words[1];
        return {};
    }

    result<void> define(const std::string& name) {
        if (name == no_quorum) return wrong("none is a name of the format's own");
        if (!names_.insert(name).second) return wrong("the name " + name + " is used twice");
        if (names_.size() > 2 * most_policy_names) return wrong("it has too many names");
        return {};
    }

    policy out_;
    bool quorum_ = false;
    std::size_t line_ = 0;
    std::set<std::string> names_, grouped_, log_keys_, witness_keys_;
};

std::string names_of(const std::vector<cosignature>& all) {
    if (all.empty()) return "nobody";
    std::string out;
    for (const cosignature& one : all) out += (out.empty() ? "" : ", ") + one.name;
    return out;
}

}  // namespace

result<policy> read_policy(std::string_view text) {
    return policy_reader().read(text);
}

std::string write_policy(const policy& p) {
    std::string out;
    const auto line = [&](std::initializer_list<std::string_view> words) {
        bool first = true;
        for (const std::string_view word : words) {
            if (word.empty()) continue;
            if (!first) out += ' ';
            out += word;
            first = false;
        }
        out += '\n';
    };
    for (const policy_log& one : p.logs) line({"log", format_verifier_key(one.key), one.url});
    for (const policy_witness& one : p.witnesses)
        line({"witness", one.name, format_witness_key(one.key), one.url});
    for (const policy_group& one : p.groups) {
        std::string members;
        for (const std::string& part : one.members) members += (members.empty() ? "" : " ") + part;
        line({"group", one.name, std::to_string(one.k), members});
    }
    line({"quorum", p.quorum});
    return out;
}

bool has_quorum(const policy& p, const std::set<std::string>& cosigned) {
    if (p.quorum == no_quorum) return true;
    std::set<std::string> held = cosigned;
    for (const policy_group& one : p.groups) {
        const auto count = std::count_if(one.members.begin(), one.members.end(),
                                         [&](const auto& part) { return held.contains(part); });
        if (static_cast<std::size_t>(count) >= one.k) held.insert(one.name);
    }
    return held.contains(p.quorum);
}

result<std::vector<cosignature>> cosigned_by(const policy& p, std::string_view note) {
    std::vector<cosignature> out;
    for (const policy_witness& one : p.witnesses) {
        const auto good = VECHE_TRY(read_cosignatures(note, {one.key}));
        if (!good.empty()) out.push_back({one.name, good.front().time});
    }
    return out;
}

result<accepted_checkpoint> accept_checkpoint(const policy& p, std::string_view note) {
    accepted_checkpoint out;
    out.checkpoint = VECHE_TRY(parse_checkpoint(note));
    if (!p.logs.empty()) {
        const auto log = std::find_if(p.logs.begin(), p.logs.end(), [&](const policy_log& one) {
            return one.key.name == out.checkpoint.origin;
        });
        if (log == p.logs.end()) return refuse(refusals::log_unknown, {}, out.checkpoint.origin);
        // A log may have more keys than one: any of them will do.
        std::vector<verifier_key> keys;
        for (const policy_log& one : p.logs)
            if (one.key.name == out.checkpoint.origin) keys.push_back(one.key);
        VECHE_CHECK(open_note(note, keys));
    }
    out.cosigned = VECHE_TRY(cosigned_by(p, note));
    std::set<std::string> names;
    for (const cosignature& one : out.cosigned) names.insert(one.name);
    if (!has_quorum(p, names))
        return refuse(refusals::quorum_missing, {}, std::to_string(out.checkpoint.size),
                      names_of(out.cosigned), p.quorum);
    return out;
}

}  // namespace veche::journal
