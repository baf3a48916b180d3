#include "journal/witnessing.hpp"

#include <algorithm>
#include <charconv>

#include "journal/refusal.hpp"

namespace veche::journal {
namespace {

constexpr std::size_t kept_rounds = 4;
constexpr int most_tries = 3;
constexpr int strikes_of_shared = 3;

/// A foreign text in a report: short, of one line, nothing but ASCII.
std::string one_line(std::string_view text) {
    constexpr std::size_t longest = 160;
    std::string out;
    for (const char c : text.substr(0, std::min(text.find('\n'), longest)))
        out += c >= 0x20 && c < 0x7F ? c : '?';
    return out;
}

std::optional<std::uint64_t> named_size(const witness_reply& reply) {
    if (!reply.type.starts_with(size_media) || !reply.body.ends_with('\n')) return std::nullopt;
    const char* const end = reply.body.data() + reply.body.size() - 1;
    std::uint64_t size = 0;
    const auto [at, error] = std::from_chars(reply.body.data(), end, size);
    if (error != std::errc{} || at != end) return std::nullopt;
    return size;
}

std::int64_t as_count(std::uint64_t size) {
    return static_cast<std::int64_t>(size);
}

std::int64_t latest_time(const std::vector<cosignature>& all) {
    std::int64_t latest = 0;
    for (const cosignature& one : all) latest = std::max(latest, one.time);
    return latest;
}

/// The last good line of that witness on the note, with its end; "" for none.
std::string line_of(const verifier_key& who, std::string_view whole) {
    std::string own;
    const auto parts = split_note(whole);
    if (!parts) return own;
    for (const std::string_view line : parts->signatures)
        if (!read_cosignatures(std::string(parts->text) + "\n" + std::string(line) + "\n", {who})
                 .value_or(std::vector<cosignature>{})
                 .empty())
            own = std::string(line) + "\n";
    return own;
}

}  // namespace

witnessing::witnessing(const store& from, publisher& signer, witness_line& line, keeper keep,
                       std::string_view kept, witnessing_settings settings)
    : store_(from),
      signer_(signer),
      line_(line),
      keep_(std::move(keep)),
      settings_(settings),
      saved_(kept) {
    // What was kept is taken for good only if it is of this history. Under a key before this one it
    // is of use at the size of the newest checkpoint, whose note the new key will have signed too.
    auto c = verify_checkpoint(kept, signer_.vkey());
    if (!c) {
        c = parse_checkpoint(kept);
        const auto newest = store_.latest_checkpoint();
        if (!c || !newest || newest->size != c->size) return;
    }
    if (c->size == 0 || c->size > store_.current().next) return;
    const auto root = range_root(subtrees_of(store_, store_.current().next), 0, c->size);
    if (root && *root == c->root) witnessed_ = stored_checkpoint{c->size, c->root, saved_};
}

void witnessing::follow(std::optional<policy> rule) {
    const std::lock_guard lock(mutex_);
    if (rule && rule_ && write_policy(*rule) == write_policy(*rule_)) return;
    std::vector<one_witness> before = std::move(all_);
    all_.clear();
    collected_.clear();
    rule_ = std::move(rule);
    if (!rule_) {
        witnessed_.reset();
        return;
    }
    for (const policy_witness& who : rule_->witnesses) {
        one_witness made;
        for (one_witness& old : before)
            if (old.who.key.public_key == who.key.public_key) made = std::move(old);
        made.who = who;
        made.report.name = who.name;
        made.answered.reset();
        all_.push_back(std::move(made));
    }
    if (!witnessed_) return;
    // What was witnessed under another policy counts if it does under this one.
    const auto good = cosigned_by(*rule_, witnessed_->note);
    std::set<std::string> names;
    if (good)
        for (const cosignature& one : *good) {
            names.insert(one.name);
            one_witness& of = *find(one.name);
            of.known = std::max(of.known, witnessed_->size);
            if (of.report.size > as_count(witnessed_->size)) continue;
            of.report.size = as_count(witnessed_->size);
            of.report.cosigned = instant{one.time * 1000};
        }
    if (!good || !has_quorum(*rule_, names))
        witnessed_.reset();
    else
        witnessed_at_ = latest_time(*good);
}

witnessing::one_witness* witnessing::find(const std::string& name) {
    const auto found = std::find_if(all_.begin(), all_.end(),
                                    [&](const one_witness& w) { return w.who.name == name; });
    return found == all_.end() ? nullptr : &*found;
}

witnessing::collected* witnessing::find_collected(std::uint64_t size) {
    for (collected& one : collected_)
        if (one.checkpoint.size == size) return &one;
    return nullptr;
}
const witnessing::collected* witnessing::find_collected(std::uint64_t size) const {
    for (const collected& one : collected_)
        if (one.checkpoint.size == size) return &one;
    return nullptr;
}

/// Whether the witness need not be asked about the checkpoint that is asked about now.
bool witnessing::rests(const one_witness& w, std::int64_t now_ms) const {
    if (w.who.url.empty() || w.asking || now_ms < w.due_ms) return true;
    if (w.answered != collected_.back().checkpoint.size) return false;
    return now_ms - w.asked_ms < settings_.renew_ms;
}

/// True where what is shown may have changed by it.
bool witnessing::choose_target(std::int64_t now_ms) {
    const auto newest = signer_.latest();
    if (!newest || newest->size == 0) return false;
    if (!collected_.empty()) {
        const collected& now = collected_.back();
        if (now.checkpoint.size >= newest->size) return take_note_of(*newest);
        const bool somebody = std::any_of(all_.begin(), all_.end(), [&](const one_witness& w) {
            return w.asking || !rests(w, now_ms);
        });
        if (!now.quorum && somebody) return false;
    }
    collected_.push_back({*newest, {}, false});
    if (collected_.size() > kept_rounds) collected_.pop_front();
    const bool seen_before =
        witnessed_ && witnessed_->size == newest->size && witnessed_->root == newest->root;
    if (!seen_before) return false;
    collected_.back().lines = lines_on(witnessed_->note);
    settle(collected_.back());
    return true;
}

/// Whoever cosigned is asked again too, so that a witness keeps what the key in force signed.
bool witnessing::take_note_of(const stored_checkpoint& newest) {
    collected& now = collected_.back();
    if (now.checkpoint.size != newest.size || now.checkpoint.root != newest.root ||
        now.checkpoint.note == newest.note)
        return false;
    const std::string in_force = signer_.vkey();
    if (verify_checkpoint(now.checkpoint.note, in_force) ||
        !verify_checkpoint(newest.note, in_force))
        return false;
    now.checkpoint.note = newest.note;
    for (one_witness& w : all_) w.answered.reset();
    settle(now);
    return true;
}

/// Good lines of the policy's witnesses, by their names in it.
std::map<std::string, std::string> witnessing::lines_on(std::string_view whole) const {
    std::map<std::string, std::string> out;
    for (const one_witness& w : all_)
        if (auto line = line_of(w.who.key, whole); !line.empty())
            out.emplace(w.who.name, std::move(line));
    return out;
}

std::vector<std::string> witnessing::due(std::int64_t now_ms) {
    std::vector<std::string> out;
    bool news = false;
    {
        const std::lock_guard lock(mutex_);
        // A node without the key in force asks about what others sign.
        const auto why = signer_.forbidden();
        if (!rule_ || (why && why->kind != &refusals::key_changed)) return out;
        news = choose_target(now_ms);
        if (collected_.empty()) return out;
        for (const one_witness& w : all_)
            if (!rests(w, now_ms)) out.push_back(w.who.name);
    }
    if (news) save();
    return out;
}

std::vector<std::string> witnessing::names() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> out;
    for (const one_witness& w : all_)
        if (!w.who.url.empty()) out.push_back(w.who.name);
    return out;
}

bool witnessing::ask(const std::string& name, std::int64_t now_ms) {
    one_witness with;
    stored_checkpoint target;
    {
        const std::lock_guard lock(mutex_);
        one_witness* const found = find(name);
        if (found == nullptr || found->asking || collected_.empty()) return false;
        found->asking = true;
        with = *found;
        target = collected_.back().checkpoint;
    }
    with.asked_ms = now_ms;
    const bool cosigned = exchange(with, target, now_ms);
    const std::lock_guard lock(mutex_);
    with.asking = false;
    // The policy may have changed meanwhile.
    if (one_witness* const found = find(name);
        found != nullptr && found->who.key.public_key == with.who.key.public_key) {
        with.who = found->who;
        // It was asked about a note that another key signed meanwhile too.
        if (const collected* const now = find_collected(target.size);
            now != nullptr && now->checkpoint.note != target.note)
            with.answered.reset();
        *found = with;
    }
    return cosigned;
}

/// Works on a copy of the witness, without the lock: a network lies between.
bool witnessing::exchange(one_witness& with, const stored_checkpoint& target, std::int64_t now_ms) {
    for (int tries = 0; tries < most_tries; ++tries) {
        if (with.known > target.size) return conflict(with, target, with.known, now_ms);
        auto proof = consistency_proof(subtrees_of(store_, target.size), with.known, target.size);
        if (!proof) {
            fail(with, witness_standing::silent, proof.error().sentence(), now_ms);
            return false;
        }
        const auto reply = line_.add_checkpoint(
            with.who, write_checkpoint_request({with.known, *std::move(proof), target.note}));
        if (!reply) {
            fail(with, witness_standing::silent, one_line(reply.error().sentence()), now_ms);
            return false;
        }
        if (reply->status == 200) return take(with, target, reply->body, now_ms);
        const auto named = reply->status == 409 ? named_size(*reply) : std::nullopt;
        if (!named) return refused(with, *reply, now_ms);
        if (*named > target.size) return conflict(with, target, *named, now_ms);
        if (*named == with.known) break;
        if (as_count(*named) < with.report.size) {
            fail(with, witness_standing::contradicts,
                 "it names " + std::to_string(*named) + " entries and has cosigned " +
                     std::to_string(with.report.size),
                 now_ms);
            with.known = 0;
            return false;
        }
        with.known = *named;
    }
    fail(with, witness_standing::contradicts, "it keeps naming other sizes", now_ms);
    return false;
}

bool witnessing::take(one_witness& from, const stored_checkpoint& target, std::string_view body,
                      std::int64_t now_ms) {
    const std::string whole = target.note + std::string(body);
    const auto good = read_cosignatures(whole, {from.who.key});
    if (!good || good->empty() || good->front().time == 0) {
        fail(from, witness_standing::contradicts, "its signature does not match", now_ms);
        return false;
    }
    const std::string own = line_of(from.who.key, whole);
    from.known = target.size;
    from.answered = target.size;
    from.strikes = 0;
    from.report.standing = witness_standing::cosigns;
    from.report.size = as_count(target.size);
    from.report.cosigned = instant{good->front().time * 1000};
    from.due_ms = 0;
    from.failures = 0;
    from.report.detail.reset();
    {
        const std::lock_guard lock(mutex_);
        if (collected* round = find_collected(target.size);
            round != nullptr && round->checkpoint.root == target.root) {
            round->lines[from.who.name] = own;
            settle(*round);
        }
    }
    save();
    return true;
}

/// The witness names a size above the one it is asked about. Another program that serves this
/// journal may have asked it meanwhile; or this journal was put back in time.
bool witnessing::conflict(one_witness& with, const stored_checkpoint& target, std::uint64_t named,
                          std::int64_t now_ms) {
    const comparison seen = compare(with.who);
    if (!judge(with, seen, now_ms)) return false;
    if (seen.found == verdict::unshown || seen.theirs.size < named) {
        fail(with, witness_standing::contradicts,
             "it names " + std::to_string(named) + " entries and shows no checkpoint of them",
             now_ms);
        // It may have meant it for once: next time it is asked what it knows.
        with.known = 0;
        return false;
    }
    with.known = seen.theirs.size;
    with.answered = target.size;
    with.report.standing = witness_standing::cosigns;
    with.failures = 0;
    with.report.detail.reset();
    return false;
}

bool witnessing::refused(one_witness& with, const witness_reply& reply, std::int64_t now_ms) {
    const std::string said =
        "it answered " + std::to_string(reply.status) + ": " + one_line(reply.body);
    if (reply.status != 422) {
        fail(with, witness_standing::declines, said, now_ms);
        return false;
    }
    // It holds the proof for wrong. Does it hold another history?
    const comparison seen = compare(with.who);
    if (!judge(with, seen, now_ms)) return false;
    fail(with,
         seen.found == verdict::agrees ? witness_standing::contradicts : witness_standing::declines,
         said, now_ms);
    with.known = 0;
    return false;
}

witnessing::comparison witnessing::compare(const policy_witness& with) {
    comparison out;
    const auto reply = line_.last_cosigned(with, signer_.origin());
    if (!reply || reply->status != 200) return out;
    // What is not signed with this journal's key says nothing about it.
    const auto theirs = verify_checkpoint(reply->body, signer_.vkey());
    if (!theirs) return out;
    out.theirs = *theirs;
    out.note = reply->body;
    const std::uint64_t here = store_.current().next;
    if (theirs->size > here) {
        out.found = verdict::ahead;
        return out;
    }
    const auto root = range_root(subtrees_of(store_, here), 0, theirs->size);
    if (!root) return out;
    out.found = *root == theirs->root ? verdict::agrees : verdict::differs;
    return out;
}

/// False where the witness holds what this journal has not.
bool witnessing::judge(one_witness& with, const comparison& seen, std::int64_t now_ms) {
    const std::string size = std::to_string(seen.theirs.size);
    if (seen.found == verdict::differs) {
        fail(with, witness_standing::differs, "it holds another history of " + size + " entries",
             now_ms);
        alarm({&refusals::witness_differs, {}, {with.who.name, size}}, seen);
        return false;
    }
    if (seen.found != verdict::ahead) {
        with.strikes = 0;
        return true;
    }
    fail(with, witness_standing::ahead, "it holds " + size + " entries", now_ms);
    // Where others append as well, their newest entries may not have come here yet.
    if (store_.shared() && ++with.strikes < strikes_of_shared) return false;
    alarm({&refusals::witness_ahead,
           {},
           {with.who.name, size, std::to_string(store_.current().next)}},
          seen);
    return false;
}

void witnessing::alarm(const refusal& why, const comparison& seen) {
    signer_.forbid(why);
    std::string evidence = seen.note;
    const auto ours = store_.latest_checkpoint();
    if (ours && seen.theirs.size <= ours->size)
        if (const auto proof =
                prove_fork(signer_.vkey(), seen.note, ours->note, subtrees_of(store_, ours->size)))
            evidence = write_fork_proof(*proof);
    if (keep_.alarm) keep_.alarm(why, evidence);
}

void witnessing::fail(one_witness& of, witness_standing standing, std::string detail,
                      std::int64_t now_ms) {
    constexpr int most_doublings = 12;
    const std::int64_t wait = settings_.first_wait_ms << std::min(of.failures, most_doublings);
    of.report.standing = standing;
    of.report.detail = std::move(detail);
    of.due_ms = now_ms + std::min(wait, settings_.longest_wait_ms);
    ++of.failures;
}

bool witnessing::look(const std::string& name, std::int64_t now_ms) {
    one_witness with;
    {
        const std::lock_guard lock(mutex_);
        const one_witness* const found = find(name);
        if (found == nullptr || found->who.url.empty()) return false;
        with = *found;
    }
    const comparison seen = compare(with.who);
    const bool good = judge(with, seen, now_ms);
    const std::lock_guard lock(mutex_);
    if (one_witness* const found = find(name)) {
        if (!good) found->report = with.report;
        found->strikes = with.strikes;
        if (seen.found == verdict::agrees) found->known = std::max(found->known, seen.theirs.size);
    }
    return seen.found != verdict::unshown;
}

// --- What was collected
// ---------------------------------------------------------------------------

void witnessing::settle(collected& round) {
    if (!rule_) return;
    std::set<std::string> names;
    for (const auto& [name, line] : round.lines) names.insert(name);
    round.quorum = has_quorum(*rule_, names);
    if (!round.quorum || (witnessed_ && witnessed_->size > round.checkpoint.size)) return;
    witnessed_ = with_lines(round);
    witnessed_at_ =
        latest_time(cosigned_by(*rule_, witnessed_->note).value_or(std::vector<cosignature>{}));
    lacking_since_ms_ = 0;
}

void witnessing::save() {
    const std::lock_guard one_by_one(saving_);
    const auto now = witnessed();
    if (!now || now->note == saved_) return;
    saved_ = now->note;
    if (keep_.witnessed) keep_.witnessed(saved_);
}

stored_checkpoint witnessing::with_lines(const collected& round) const {
    stored_checkpoint out = round.checkpoint;
    for (const auto& [name, line] : round.lines) out.note += line;
    return out;
}

bool witnessing::is_in_time(const stored_checkpoint& newest, std::int64_t now_ms) const {
    if (!rule_ || rule_->quorum == no_quorum) return true;
    if (!witnessed_) return false;
    if (witnessed_->size >= newest.size) return true;
    if (lacking_since_ms_ == 0) lacking_since_ms_ = now_ms;
    return now_ms - lacking_since_ms_ <= settings_.grace_ms;
}

stored_checkpoint witnessing::shown(stored_checkpoint newest, std::int64_t now_ms) const {
    const std::lock_guard lock(mutex_);
    if (rule_ && rule_->quorum != no_quorum && is_in_time(newest, now_ms) &&
        witnessed_->size <= newest.size)
        return *witnessed_;
    const collected* const round = find_collected(newest.size);
    return round != nullptr ? with_lines(*round) : newest;
}

std::optional<stored_checkpoint> witnessing::witnessed() const {
    const std::lock_guard lock(mutex_);
    return witnessed_;
}

std::optional<policy> witnessing::rule() const {
    const std::lock_guard lock(mutex_);
    return rule_;
}

std::optional<witnessing_report> witnessing::report(std::int64_t now_ms) const {
    const auto newest = store_.latest_checkpoint();
    const std::lock_guard lock(mutex_);
    if (!rule_) return std::nullopt;
    witnessing_report out;
    out.quorum = rule_->quorum;
    out.of = as_count(all_.size());
    for (const one_witness& w : all_) out.witnesses.push_back(w.report);
    if (witnessed_) {
        out.witnessed_size = as_count(witnessed_->size);
        out.witnessed = instant{witnessed_at_ * 1000};
    }
    if (!newest) return out;
    out.signed_size = as_count(newest->size);
    out.in_time = is_in_time(*newest, now_ms);
    const std::int64_t size = witnessed_ && out.in_time ? out.witnessed_size : out.signed_size;
    for (const one_witness& w : all_)
        if (w.report.size >= size && w.report.size > 0) ++out.cosigned;
    return out;
}

}  // namespace veche::journal
