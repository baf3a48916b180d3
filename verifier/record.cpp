#include "record.hpp"

namespace verifier {
namespace {

using kind = value::kind;

const std::string& text(const value& v, std::string_view name) {
    return member(v, name, kind::string).text;
}
std::int64_t integer(const value& v, std::string_view name) {
    return member(v, name, kind::integer).number;
}
std::uint64_t natural(const value& v, std::string_view name, std::int64_t least,
                      std::int64_t most) {
    const std::int64_t n = integer(v, name);
    if (n < least || n > most) throw fault(std::string(name) + " is out of range");
    return static_cast<std::uint64_t>(n);
}
bytes32 hash(const value& v, std::string_view name) {
    return from_hex(text(v, name));
}
void same(const bytes32& a, const bytes32& b, const char* what) {
    if (a != b) throw fault(std::string(what) + " is another one");
}

proof read_proof(const value& v) {
    only(v, {"c", "z"});
    return {reduced(text(v, "c")), reduced(text(v, "z"))};
}
proof read_proof(const value& v, std::string_view name) {
    return read_proof(member(v, name, kind::object));
}
/// Knowledge of the logarithm of `key`: c = H(statement, key, g^z key^-c).
bool knows(parts statement, const point& key, const proof& p) {
    const point a = subtract(times_base(p.z), times(p.c, key));
    return statement.of(key).of(a).scalar() == p.c;
}

/// log_g key = log_base image.
bool equal_logs(parts statement, const point& key, const point& base, const point& image,
                const proof& p) {
    const point a = subtract(times_base(p.z), times(p.c, key));
    const point b = subtract(times(p.z, base), times(p.c, image));
    return statement.of(key).of(base).of(image).of(a).of(b).scalar() == p.c;
}

bool identifier(std::string_view s) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    if (s.empty() || s.size() > 64 || !letter(s[0])) return false;
    for (const char c : s)
        if (!letter(c) && c != '.' && c != '_' && c != '-' && c != '/') return false;
    return true;
}

}  // namespace

void record::read(std::string_view all) {
    while (!all.empty()) {
        const std::size_t end = all.find('\n');
        try {
            if (end == std::string_view::npos) throw fault("it does not end");
            line(all.substr(0, end));
        } catch (const fault& why) {
            throw fault("line " + std::to_string(lines_ + 1) + ": " + why.what());
        }
        ++lines_;
        all.remove_prefix(end + 1);
    }
}

void record::line(std::string_view bytes) {
    using rule = void (record::*)(const value&);
    struct row {
        std::string_view type, stage;
        rule take;
    };
    static constexpr row rules[] = {{"definition", "definition", &record::definition},
                                    {"roll", "roll", &record::roll},
                                    {"key_commitment", "commitments", &record::commitment},
                                    {"key_coefficients", "coefficients", &record::coefficients},
                                    {"key_shares", "shares", &record::shares},
                                    {"key_complaint", "confirmations", &record::complaint},
                                    {"key_confirmation", "confirmations", &record::confirmation},
                                    {"election", "election", &record::election},
                                    {"ballot", "ballots", &record::one_ballot},
                                    {"closing", "ballots", &record::closing},
                                    {"partial_decryption", "decryptions", &record::partial},
                                    {"result", "decryptions", &record::result}};
    const value v = read_json(bytes);
    only(v, {"body", "prev", "type"});
    same(hash(v, "prev"), head_, "the line before");
    const std::string& type = text(v, "type");
    const value& body = member(v, "body", kind::object);
    for (const row& r : rules) {
        if (r.type != type) continue;
        if (r.stage != stage_) throw fault(type + " cannot come at the stage " + stage_);
        (this->*r.take)(body);
        head_ = sha256(bytes);
        return;
    }
    throw fault("there is no type " + type);
}

void record::next_stage() {
    static const std::vector<std::string> order{
        "definition",    "roll",     "commitments", "coefficients", "shares",
        "confirmations", "election", "ballots",     "decryptions",  "finished"};
    for (std::size_t n = 0; n + 1 < order.size(); ++n)
        if (order[n] == stage_) {
            stage_ = order[n + 1];
            return;
        }
}

void record::wait_for_all() {
    if (spoken_.size() < trustees_.size()) return;
    spoken_.clear();
    next_stage();
}

void record::definition(const value& v) {
    only(v, {"blank", "floor", "id", "least", "most", "options", "question", "threshold",
             "trustees", "weight_floor"});
    if (!identifier(text(v, "id"))) throw fault("the election has no name");
    std::set<std::string> ids;
    for (const value& o : list(v, "options")) {
        only(o, {"id", "title"});
        options_.push_back(text(o, "id"));
        if (!identifier(options_.back()) || !ids.insert(options_.back()).second)
            throw fault("each option has a name of its own");
    }
    blank_ = member(v, "blank", kind::boolean).truth;
    const auto count = static_cast<std::int64_t>(options_.size());
    if (count < 1 || count > 64 || (count == 1 && !blank_)) throw fault("there is no choice");
    most_ = natural(v, "most", 1, count);
    least_ = natural(v, "least", 0, static_cast<std::int64_t>(most_));
    floor_ = natural(v, "floor", 3, INT32_MAX);
    weight_floor_ = natural(v, "weight_floor", 1, INT32_MAX);
    std::set<point> keys;
    for (const value& t : list(v, "trustees")) {
        only(t, {"encryption", "name", "signing"});
        trustee out;
        out.name = text(t, "name");
        out.signing = key_point(text(t, "signing"));
        out.encryption = key_point(text(t, "encryption"));
        if (!keys.insert(out.signing).second || !keys.insert(out.encryption).second)
            throw fault("two trustees share a key");
        trustees_.push_back(out);
    }
    if (trustees_.empty() || trustees_.size() > 32) throw fault("there are 1 to 32 trustees");
    threshold_ = natural(v, "threshold", 1, static_cast<std::int64_t>(trustees_.size()));
    definition_hash_ = parts("veche/ballot/definition/1").text(v.raw).digest();
    next_stage();
}

void record::roll(const value& v) {
    only(v, {"voters"});
    const auto& voters = list(v, "voters");
    parts hashed("veche/ballot/roll/1");
    hashed.count(voters.size());
    point last;
    std::map<std::uint64_t, std::uint64_t> holders;
    for (const value& one : voters) {
        only(one, {"credential", "weight"});
        const point credential = key_point(text(one, "credential"));
        if (!(last < credential)) throw fault("credentials do not ascend");
        last = credential;
        const std::uint64_t weight = natural(one, "weight", 1, 100'000'000'000 - total_weight_);
        total_weight_ += static_cast<std::int64_t>(weight);
        weights_.emplace(credential, weight);
        ++holders[weight];
        hashed.of(credential).count(weight);
    }
    if (voters.size() > 1'000'000 || voters.size() < floor_)
        throw fault("the floor cannot be reached");
    for (const auto& [weight, count] : holders)
        if (count < weight_floor_) throw fault("the floor of a weight cannot be reached");
    roll_hash_ = hashed.digest();
    next_stage();
}

std::size_t record::sender(const value& message) {
    same(hash(message, "definition"), definition_hash_, "the definition");
    const std::size_t n =
        natural(message, "trustee", 1, static_cast<std::int64_t>(trustees_.size()));
    if (!spoken_.insert(n).second) throw fault("this trustee has spoken already");
    return n;
}

void record::signature(const value& message, std::string_view of, std::size_t who,
                       const bytes32& content) const {
    const parts statement = parts("veche/ballot/trustee-message/1")
                                .text(of)
                                .of(definition_hash_)
                                .count(who)
                                .of(content);
    if (!knows(statement, trustees_[who - 1].signing, read_proof(message, "signature")))
        throw fault("the trustee's signature does not hold");
}

void record::commitment(const value& v) {
    only(v, {"commitment", "definition", "signature", "trustee"});
    const std::size_t n = sender(v);
    trustees_[n - 1].promise = hash(v, "commitment");
    signature(v, "commitment", n, trustees_[n - 1].promise);
    wait_for_all();
}

void record::coefficients(const value& v) {
    only(v, {"coefficients", "definition", "knowledge", "signature", "trustee"});
    const std::size_t n = sender(v);
    trustee& t = trustees_[n - 1];
    parts hashed("veche/ballot/coefficients/1");
    hashed.of(definition_hash_).count(n).count(threshold_);
    for (const value& c : list(v, "coefficients")) {
        if (c.is != kind::string) throw fault("a coefficient is a text");
        t.coefficients.push_back(key_point(c.text));
        hashed.of(t.coefficients.back());
    }
    if (t.coefficients.size() != threshold_) throw fault("one coefficient too many or too few");
    t.coefficients_hash = hashed.digest();
    same(t.coefficients_hash, t.promise, "the commitment to the coefficients");
    if (!knows(parts("veche/ballot/constant/1").of(definition_hash_).count(n),
               t.coefficients.front(), read_proof(v, "knowledge")))
        throw fault("the trustee does not prove that it knows its constant");
    signature(v, "coefficients", n, t.coefficients_hash);
    wait_for_all();
}

void record::shares(const value& v) {
    only(v, {"definition", "ephemeral", "shares", "signature", "trustee"});
    const std::size_t n = sender(v);
    trustee& t = trustees_[n - 1];
    t.ephemeral = key_point(text(v, "ephemeral"));
    parts hashed("veche/ballot/shares/1");
    hashed.of(definition_hash_).count(n).of(t.ephemeral).count(trustees_.size());
    for (const value& s : list(v, "shares")) {
        if (s.is != kind::string) throw fault("a share is a text");
        t.shares.push_back(reduced(s.text));
        hashed.of(t.shares.back());
    }
    if (t.shares.size() != trustees_.size()) throw fault("one share too many or too few");
    t.shares_hash = hashed.digest();
    signature(v, "shares", n, t.shares_hash);
    wait_for_all();
}

bytes32 record::transcript() const {
    parts all("veche/ballot/ceremony/1");
    all.of(definition_hash_);
    for (const trustee& t : trustees_) all.of(t.coefficients_hash);
    for (const trustee& t : trustees_) all.of(t.shares_hash);
    return all.digest();
}

point record::committed(std::size_t dealer, std::uint64_t at) const {
    // Term by term: the k-th coefficient to the power at^k.
    point product;
    number power = small(1);
    for (const point& c : trustees_[dealer - 1].coefficients) {
        product = add(product, times(power, c));
        power = multiply(power, small(at));
    }
    return product;
}

void record::complaint(const value& v) {
    only(v, {"about", "definition", "proof_of_secret", "secret", "trustee"});
    same(hash(v, "definition"), definition_hash_, "the definition");
    const auto all = static_cast<std::int64_t>(trustees_.size());
    const std::size_t who = natural(v, "trustee", 1, all);
    const std::size_t about = natural(v, "about", 1, all);
    const trustee& accused = trustees_[about - 1];
    const point secret = any_point(text(v, "secret"));
    const parts statement =
        parts("veche/ballot/complaint/1").of(definition_hash_).count(who).count(about);
    if (!equal_logs(statement, trustees_[who - 1].encryption, accused.ephemeral, secret,
                    read_proof(v, "proof_of_secret")))
        throw fault("the complaint's proof does not hold");
    const number mask = parts("veche/ballot/share-mask/1")
                            .of(definition_hash_)
                            .count(about)
                            .count(who)
                            .of(accused.ephemeral)
                            .of(secret)
                            .scalar();
    if (times_base(subtract(accused.shares[who - 1], mask)) == committed(about, who))
        throw fault("the share complained about is right");
    stage_ = "abandoned";
}

void record::confirmation(const value& v) {
    only(v, {"definition", "signature", "transcript", "trustee"});
    const std::size_t n = sender(v);
    same(hash(v, "transcript"), transcript(), "the transcript");
    signature(v, "confirmation", n, transcript());
    wait_for_all();
}

void record::election(const value& v) {
    only(v, {"ceremony", "definition", "key", "roll", "voters", "weight"});
    same(hash(v, "ceremony"), transcript(), "the ceremony");
    same(hash(v, "definition"), definition_hash_, "the definition");
    same(hash(v, "roll"), roll_hash_, "the roll");
    point joint;
    for (const trustee& t : trustees_) joint = add(joint, t.coefficients.front());
    key_ = key_point(text(v, "key"));
    same(key_.b, joint.b, "the key");
    if (integer(v, "voters") != static_cast<std::int64_t>(weights_.size()) ||
        integer(v, "weight") != total_weight_)
        throw fault("the roll has other voters or weights");
    for (std::size_t j = 1; j <= trustees_.size(); ++j) {
        point& verifying = trustees_[j - 1].verifying;
        for (std::size_t i = 1; i <= trustees_.size(); ++i)
            verifying = add(verifying, committed(i, j));
        if (verifying == point{}) throw fault("a trustee's key is neutral");
    }
    election_hash_ = parts("veche/ballot/election/1").text(v.raw).digest();
    board_ = parts("veche/ballot/board/1").of(election_hash_).digest();
    next_stage();
}

}  // namespace verifier
