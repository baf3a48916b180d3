#include "world.hpp"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <fstream>
#include <sstream>

#include "charter/toml.hpp"
#include "kernel/check.hpp"
#include "store/memory/memory_store.hpp"
#include "store/refusal.hpp"

namespace veche::simulation {
namespace {

constexpr std::int64_t noon = 1772442000000;  // 2026-03-02T09:00Z
std::int64_t clock_ms = noon;

std::deque<std::string>& events_kept() {
    static auto* const made = new std::deque<std::string>;
    return *made;
}
bool traced = false;

template <class T>
T must(result<T> done, const std::string& what) {
    VECHE_ENSURE(done.has_value(), done ? "" : what + ": " + done.error().sentence());
    return *std::move(done);
}

std::unique_ptr<store::postgres_store> open_store() {
    return must(store::postgres_store::open("postgres://veche@database/journal"), "open");
}

constexpr std::array<std::array<const char*, 2>, 9> ministers{
    {{"ru-prime-minister", "com/ru-prime-minister"},
     {"by-prime-minister", "com/by-prime-minister"},
     {"ru-foreign-minister", "com/ru-foreign"},
     {"by-foreign-minister", "com/by-foreign"},
     {"ru-economy-minister", "com/ru-economy"},
     {"by-economy-minister", "com/by-economy"},
     {"ru-finance-minister", "com/ru-finance"},
     {"by-finance-minister", "com/by-finance"},
     {"state-secretary", "com/state-secretary"}}};

std::string at_text(std::int64_t ms) {
    return to_text(instant{ms});
}

constexpr const char* call_order =
    R"([{"type":"calls.open_call","v":1,"body":{"call":"c","kind":"places","title":{"en":"Call"},)"
    R"("text":{"en":"Text"},"body":"pc",)"
    R"("programmes":[{"programme":"p","title":{"en":"P"},"host":"H","capacity":1}],)"
    R"("rules":{"ties":"hungarian","unfilled":"none"},)"
    R"("criteria":[{"criterion":"merit","title":{"en":"Merit"},"max":10,"weight":1}],)"
    R"("assessors":1,"answer_days":5,"appeal_days":5,"opens":"2026-03-03T00:00:00.000Z",)"
    R"("closes":"2026-03-04T09:00:40.000Z"}}])";

/// An order that a decision of the ministers carries out.
std::string money_order(const std::string& line) {
    return R"([{"type":"fund.appropriate","v":1,"body":{"line":")" + line +
           R"(","title":{"en":"Line"},"amount":{"minor":"1000","unit":"RUB"},"year":2026}}])";
}

std::string motion(const std::string& id, const std::string& orders) {
    return R"({"motion":")" + id +
           R"(","session":"s1","item":"i1","title":{"en":"Motion"},"text":{"en":"Text"},)"
           R"("enactments":)" +
           orders + "}";
}

std::string ballot(const std::string& vote, std::string_view seat, const char* choice) {
    return R"({"vote":")" + vote + R"(","seat":")" + std::string(seat) + R"(","choice":")" +
           choice + "\"}";
}

std::string session(const std::string& id, const char* starts) {
    return R"({"id":")" + id + R"(","body":"com","title":{"en":"Session"},"starts":")" + starts +
           "\"}";
}

/// A message's way between a client and a node; nothing where it is lost.
std::optional<std::int64_t> way(const plan& p) {
    if (p.has(fault::lost_message) && chance().one_in(25)) return std::nullopt;
    if (chance().one_in(30)) return chance().between(millisecond, 4 * second);
    return chance().between(millisecond / 10, 3 * millisecond);
}

/// One client at work.
class client {
  public:
    client(world& of, int number)
        : world_(of), number_(number), name_("client-" + std::to_string(number)) {}

    void work() {
        for (int n = 0; n < world_.with.acts && now_ns() < world_.loud_until; ++n) {
            sleep_ns(chance().between(20 * millisecond, 3 * second));
            do_one(n);
        }
        --world_.clients_left;
    }

  private:
    struct slot {
        std::optional<result<office::receipt>> answer;
        int node = -1;
        process_id by = 0;
    };

    command next(int n) {
        command c;
        c.idem = name_ + "-" + std::to_string(n);
        const std::string id = std::to_string(number_) + "x" + std::to_string(n);
        const auto& [person, seat] = ministers[static_cast<std::size_t>(number_) % 9];
        const std::string vote = "v" + std::to_string(world_.latest_vote);
        switch (number_) {
            case 0:
                return preside(n, c.idem);
            case 1:  // who convenes: some ids are asked for twice, and refused once
                return {"state-secretary", "pc/state-secretary", "assembly.convene_session",
                        session("n" + std::to_string(n / 2), "2030-03-09T09:00:00.000Z"), c.idem};
            case 2:
                return {"treasurer", "pc/treasurer", "fund.receive_contribution",
                        R"({"amount":{"minor":"100","unit":"RUB"},"contribution":"c)" + id +
                            R"(","effective":"2026-03-01","member":"ru","reference":"r"})",
                        c.idem};
            case 3:
            case 4: {
                const std::string own = "applicant-" + id;
                return {own, own, "calls.submit_application", R"({"call":"c","choices":["p"]})",
                        c.idem};
            }
            default:
                return {person, seat, "assembly.cast_ballot",
                        ballot(vote, seat, chance().one_in(4) ? "no" : "yes"), c.idem};
        }
    }

    /// Who presides tables motions and opens votes on them that time closes.
    command preside(int n, const std::string& idem) {
        const std::string id = std::to_string(n / 2 + 1);
        if (n % 2 == 0)
            return {"ru-prime-minister", "com/chair", "assembly.table_motion",
                    motion("m" + id, money_order("l" + id)), idem};
        const std::int64_t closes =
            first_ms() + now_ns() / millisecond + chance().between(500, 8000);
        return {"ru-prime-minister", "com/chair", "assembly.open_vote",
                R"({"vote":"v)" + id + R"(","motion":"m)" + id + R"(","closes":")" +
                    at_text(closes) + "\"}",
                idem};
    }

    void do_one(int n) {
        auto act = std::make_shared<told>();
        act->what = next(n);
        world_.acts.push_back(act);
        for (;;) {
            const auto at = std::make_shared<slot>();
            send(act, at);
            if (world_.with.has(fault::doubled_message) && chance().one_in(15)) send(act, at);
            (void)wait_on(at.get(), now_ns() + chance().between(second, 12 * second));
            if (at->answer && settled(*act, *at)) break;
            sleep_ns(chance().between(10 * millisecond, second));
        }
        if (act->first && number_ == 0 && act->what.type == "assembly.open_vote")
            world_.latest_vote = n / 2 + 1;
    }

    void send(const std::shared_ptr<told>& act, const std::shared_ptr<slot>& at) {
        ++act->sent;
        const int node = static_cast<int>(chance().below(world_.machines.size()));
        const auto there = way(world_.with);
        if (!there) return;
        world& w = world_;
        spawn(outside, "message of " + name_, [&w, act, at, node, span = *there] {
            sleep_ns(span);
            const auto to = w.machines[static_cast<std::size_t>(node)].now;
            if (!to || !to->desk || !alive(to->process)) return;
            spawn(to->process, "caller", [&w, act, at, to] { serve(w, act, at, *to); });
        });
    }

    static void serve(world& w, const std::shared_ptr<told>& act, const std::shared_ptr<slot>& at,
                      incarnation& here) {
        const command& c = act->what;
        ++act->begun;
        const std::string body = must(json::canonicalize(c.body), "canonical");
        const auto answer = here.desk->submit_unsigned(c.type, body, {c.actor}, c.auth, c.idem);
        const auto back = way(w.with);
        sleep_ns(back.value_or(0));
        // Even where the answer is lost, what it says must hold.
        ++act->answered;
        if (answer && act->first) act->later.push_back(*answer);
        if (answer && !act->first) act->first = *answer;
        if (!back || at->answer) return;
        at->answer = answer;
        at->node = here.node;
        at->by = here.process;
        wake(at.get());
    }

    /// Whether there is nothing more to ask.
    bool settled(told& act, const slot& at) {
        const auto& answer = *at.answer;
        if (!answer) {
            if (answer.error().kind->http_status >= 500) return false;
            act.refused = answer.error().code();
            tell(name_ + ": " + act.what.idem + " is refused: " + *act.refused);
            return true;
        }
        tell(name_ + ": " + act.what.idem + " is entry " + std::to_string(answer->seq));
        if (chance().one_in(3)) read_back(answer->seq, at);
        return true;
    }

    /// What was acknowledged is seen by the same node at once, by another after it has followed.
    void read_back(std::uint64_t seq, const slot& at) {
        world& w = world_;
        for (const machine& m : w.machines) {
            const auto there = m.now;
            if (!there || !there->desk || !alive(there->process)) continue;
            const bool own = there->process == at.by;
            if (!own && chance().one_in(2)) continue;
            const auto done = std::make_shared<reading>(reading{there->process, false});
            w.readings.push_back(done);
            spawn(there->process, "reader", [&w, there, own, seq, done] {
                if (!own && !there->desk->follow_others()) {
                    done->over = true;
                    return;
                }
                sight seen{there->node, 0, {}};
                there->desk->read([&](const office::state& s) {
                    seen.size = s.size;
                    seen.last_at = s.last_at;
                });
                done->over = true;
                w.sights.push_back(seen);
                if (seen.size <= seq && !database().lossy)
                    w.wrong.push_back("node " + std::to_string(there->node) + " shows " +
                                      std::to_string(seen.size) + " entries after entry " +
                                      std::to_string(seq) + " was acknowledged");
            });
        }
    }

    world& world_;
    int number_;
    std::string name_;
};

/// Breaks what the plan allows, one thing after another, until it must be quiet.
class breaker {
  public:
    explicit breaker(world& of) : world_(of) {}

    void work() {
        std::vector<fault> allowed;
        for (unsigned f = 0; f < fault_names.size(); ++f)
            if (world_.with.has(static_cast<fault>(f))) allowed.push_back(static_cast<fault>(f));
        const std::int64_t pause_at_most = chance().between(second / 4, 6 * second);
        while (now_ns() < world_.loud_until) {
            sleep_ns(chance().between(10 * millisecond, pause_at_most));
            if (!allowed.empty()) break_one(allowed[chance().below(allowed.size())]);
        }
        mend();
    }

  private:
    int node() { return static_cast<int>(chance().below(world_.machines.size())); }
    static std::int64_t a_while() {
        return now_ns() + (chance().one_in(4) ? chance().between(second, 20 * second)
                                              : chance().between(10 * millisecond, second));
    }

    void break_one(fault which) {
        cluster& db = database();
        const int at = node();
        machine& m = world_.machines[static_cast<std::size_t>(at)];
        if (which == fault::lost_message || which == fault::doubled_message ||
            which == fault::lossy_standby)
            return;  // all the time
        tell(std::string("broken: ") + fault_names[static_cast<std::size_t>(which)] + " (node " +
             std::to_string(at) + ")");
        if (which != fault::clock_jump && which != fault::slow_disk) ++world_.broken;
        switch (which) {
            case fault::kill_node:
                world_.kill_node(at, "killed");
                break;
            case fault::pause_node:
                if (m.now) pause(m.now->process, a_while());
                break;
            case fault::cut_node:
                if (m.now) cut_lines(m.now->process);
                break;
            case fault::part_node:
                db.reach_after[at] = a_while();
                break;
            case fault::restart_primary:
                db.restart();
                break;
            case fault::part_standby:
                part_standby();
                break;
            case fault::promote:
                db.promote();
                break;
            case fault::full_disk:
                fill(a_while());
                break;
            case fault::slow_disk:
                db.slow_until = a_while();
                break;
            case fault::clock_jump:
                m.clock_ahead_ms = chance().between(-3'600'000, chance().one_in(5) ? 7'200'000 : 0);
                break;
            case fault::guard_full:
                m.guard.may_fail = !m.guard.may_fail;
                break;
            case fault::lost_message:
            case fault::doubled_message:
            case fault::lossy_standby:
                break;
        }
    }

    static void cut_lines(process_id of) {
        for (const auto& one : database().lines)
            if (one->of == of && !chance().one_in(3)) database().cut(*one);
    }

    static void part_standby() {
        cluster& db = database();
        db.linked = false;
        spawn(outside, "repair", [until = a_while()] {
            sleep_ns(until - now_ns());
            database().linked = true;
            database().replicate();
        });
    }

    static void fill(std::int64_t until) {
        database().now().full = true;
        spawn(outside, "repair", [until] {
            sleep_ns(until - now_ns());
            for (server& s : database().servers) s.full = false;
        });
    }

    void mend() {
        cluster& db = database();
        for (server& s : db.servers) s.full = false;
        db.linked = true;
        db.replicate();
        db.slow_until = 0;
        for (auto& one : db.reach_after) one = 0;
        for (machine& m : world_.machines) {
            m.guard.may_fail = false;
            if (m.now) pause(m.now->process, 0);
        }
        world_.calm = true;
        tell("nothing is broken any more");
    }

    world& world_;
};

/// What a server does of itself: ends transactions that stand still, sends on what is written.
void keep_house() {
    for (;;) {
        sleep_ns(chance().between(100 * millisecond, second));
        cluster& db = database();
        for (const auto& one : db.lines)
            if (one->in_transaction && (!one->busy || !alive(one->of)) &&
                one->last_asked + 10 * second < now_ns())
                db.cut(*one);
        if (db.linked) db.replicate();
    }
}

/// Ends the run when all clients have their answers, or cannot get them.
bool all_well(const world& w) {
    return std::all_of(w.machines.begin(), w.machines.end(), [](const machine& m) {
        return m.now && m.now->desk && alive(m.now->process) &&
               m.now->desk->stands() == office::office::standing::well;
    });
}

void see_to_the_end(world& w, const std::function<void(world&)>& check) {
    while (!w.calm || w.clients_left > 0) {
        sleep_ns(second);
        // Nodes that know of entries which are gone do not serve: that is for people to settle.
        if (database().lossy && now_ns() > w.loud_until + 20 * second) break;
        if (now_ns() < w.loud_until + 300 * second) continue;
        w.wrong.push_back("five minutes after all was mended clients still wait");
        break;
    }
    sleep_ns(5 * second);
    // What was on its way when a connection was lost is settled once the server has ended that
    // connection, and a node that was just started opens then: half a minute may go by.
    for (int i = 0; i < 120 && !all_well(w); ++i) sleep_ns(second / 2);
    // A deadline may have fallen due a moment ago: its checkpoint follows within a second or two.
    const auto published = [] {
        const tables& t = database().now().rows;
        return !t.checkpoints.empty() && t.checkpoints.rbegin()->first == t.next;
    };
    for (int i = 0; i < 50 && !published(); ++i) sleep_ns(second / 10);
    // Once more where a deadline fell due in the middle of it.
    const std::vector<std::string> before = w.wrong;
    for (int i = 0; i < 20; ++i) {
        const std::int64_t entries = database().now().rows.next;
        w.wrong = before;
        check(w);
        if (database().now().rows.next == entries) break;
        sleep_ns(2 * second);
    }
    finish();
}

}  // namespace

void tell(const std::string& what) {
    if (!simulated()) return;
    auto& kept = events_kept();
    std::array<char, 32> time{};
    std::snprintf(time.data(), time.size(), "%9.4f ", static_cast<double>(now_ns()) / 1e9);
    kept.push_back(time.data() + what);
    if (traced) std::printf("%s\n", kept.back().c_str());
    if (kept.size() > 60) kept.pop_front();
}

std::vector<std::string> recent_events() {
    return {events_kept().begin(), events_kept().end()};
}

plan plan_of(std::uint64_t seed) {
    dice d(seed ^ 0x7665636865U);
    plan p;
    p.seed = seed;
    p.nodes = static_cast<int>(d.between(1, 3));
    p.acts = static_cast<int>(d.between(4, 16));
    // Each run has its own few kinds of trouble: all at once hide what a few show.
    for (unsigned f = 0; f < fault_names.size(); ++f)
        if (d.one_in(3)) p.faults |= 1U << f;
    const auto lossy = 1U << static_cast<unsigned>(fault::lossy_standby);
    p.faults &= ~lossy;
    if (d.one_in(8)) p.faults |= lossy;
    return p;
}

result<void> durable_guard::advance(std::uint64_t expected, const journal::stored_checkpoint& to) {
    if (simulated()) sleep_ns(chance().between(millisecond / 10, millisecond));
    if (may_fail && chance().one_in(2)) return refuse(store::refusals::disk_full);
    if (last_.size != expected)
        return refuse(store::refusals::overtaken, {}, std::to_string(last_.size),
                      std::to_string(expected));
    last_ = to;
    all.push_back(to);
    if (simulated()) sleep_ns(chance().between(millisecond / 10, millisecond));
    return {};
}

void world::boot(int node, std::int64_t after) {
    static process_id next_process = 1;
    machine& m = machines[static_cast<std::size_t>(node)];
    auto made = std::make_shared<incarnation>();
    made->process = next_process++;
    made->node = node;
    m.now = made;
    m.all.push_back(made);
    database().machines[made->process] = node;
    spawn(outside, "supervisor", [this, node, made] {
        while (alive(made->process)) (void)wait_on(made.get(), now_ns() + second / 2);
        machine& of = machines[static_cast<std::size_t>(node)];
        if (of.now != made) return;  // killed by the breaker, who sees to it
        ++of.stopped_itself;
        tell("node " + std::to_string(node) + " stopped itself");
        database().cut_process(made->process);
        boot(node, second);
    });
    spawn(made->process, "node " + std::to_string(node), [this, made, node, after] {
        sleep_ns(after);
        machine& own = machines[static_cast<std::size_t>(node)];
        std::string said;
        const auto again = [&](const refusal& why) {
            if (said != why.sentence())
                tell("node " + std::to_string(node) + " does not start: " + why.sentence());
            said = why.sentence();
            sleep_ns(second / 2);
        };
        for (;;) {
            auto opened = store::postgres_store::open("postgres://veche@database/journal");
            if (!opened) {
                again(opened.error());
                continue;
            }
            made->store = *std::move(opened);
            // As open_folder compares them.
            const auto signed_last = own.guard.last();
            if (signed_last->size > made->store->current().next) {
                ++own.refused_to_start;
                again(refusal{&store::refusals::rolled_back, {}, {"more", "fewer"}});
                continue;
            }
            made->publisher = std::make_unique<journal::publisher>(
                *made->store, own.guard, origin, journal::key_from_seed(std::string(32, 'k')));
            office::options options;
            options.now = [&own] {
                return instant{first_ms() + now_ns() / millisecond + own.clock_ahead_ms};
            };
            options.on_trouble = [node, before = std::string()](const refusal& why) mutable {
                if (before != why.sentence())
                    tell("node " + std::to_string(node) + " has trouble: " + why.sentence());
                before = why.sentence();
            };
            auto desk = office::office::open(*made->store, *made->publisher, std::move(options));
            if (!desk) {
                again(desk.error());
                continue;
            }
            desk->get()->subscribe(
                [made](const office::notice& n) { made->told.push_back({n.seq, n.bytes}); });
            made->desk = *std::move(desk);
            tell("node " + std::to_string(node) + " serves with " +
                 std::to_string(made->desk->durable_size()) + " entries");
            return;
        }
    });
}

void world::kill_node(int node, const std::string& why) {
    machine& m = machines[static_cast<std::size_t>(node)];
    if (!m.now) return;
    const auto gone = m.now;
    tell("node " + std::to_string(node) + " is " + why);
    m.now.reset();
    kill(gone->process);
    // A program that is killed closes its connections; a machine without power does not.
    if (!chance().one_in(4)) database().cut_process(gone->process);
    boot(node, chance().between(10 * millisecond, 4 * second));
}

void world::start(const std::function<void(world&)>& check) {
    traced = with.trace;
    database().clock_ms = [] { return first_ms() + now_ns() / millisecond; };
    database().synchronous = !with.has(fault::lossy_standby);
    loud_until = chance().between(10, 40) * second;
    for (int n = 0; n < with.nodes; ++n) boot(n, 0);
    clients_left = with.clients;
    for (int n = 0; n < with.clients; ++n)
        spawn(outside, "client", [this, n] { client(*this, n).work(); });
    spawn(outside, "breaker", [this] { breaker(*this).work(); });
    spawn(outside, "housekeeper", [] { keep_house(); });
    spawn(outside, "end", [this, check] { see_to_the_end(*this, check); });
}

void found_union() {
    std::ifstream in("unions/union-state.toml");  // started at the top of the tree
    std::ostringstream text;
    text << in.rdbuf();
    const auto charter = must(charter::read_toml(text.str()), "charter");
    database().clock_ms = [] { return clock_ms; };
    const auto store = open_store();
    static store::memory_guard guard;
    journal::publisher publisher(*store, guard, origin,
                                 journal::key_from_seed(std::string(32, 'k')));
    office::options options;
    options.now = [] { return instant{clock_ms}; };
    options.ticker = false;
    const auto desk = must(office::office::open(*store, publisher, options), "office");
    must(desk->found(charter), "found");
    int n = 0;
    const auto act = [&](const char* type, const char* person, const char* auth,
                         const std::string& body) {
        clock_ms += 1000;
        must(desk->submit_unsigned(type, must(json::canonicalize(body), type), {person}, auth,
                                   "setup-" + std::to_string(n++)),
             std::string(type) + body);
    };
    act("assembly.convene_session", "state-secretary", "pc/state-secretary",
        session("s1", "2026-03-03T09:00:00.000Z"));
    act("assembly.add_item", "state-secretary", "pc/state-secretary",
        R"({"session":"s1","item":"i1","kind":"decision","title":{"en":"Item"}})");
    act("assembly.open_session", "ru-prime-minister", "com/chair", R"({"session":"s1"})");
    const auto open = [&](const std::string& m, const std::string& v, const std::string& orders) {
        act("assembly.table_motion", "ru-prime-minister", "com/chair", motion(m, orders));
        act("assembly.open_vote", "ru-prime-minister", "com/chair",
            R"({"vote":")" + v + R"(","motion":")" + m + "\"}");
    };
    open("call", "for-call", call_order);
    for (const auto& [person, seat] : ministers)
        act("assembly.cast_ballot", person, seat, ballot("for-call", seat, "yes"));
    act("assembly.close_vote", "ru-prime-minister", "com/chair", R"({"vote":"for-call"})");
    open("m0", "v0", "[]");
    clock_ms = noon + 2 * ms_per_day;
}

std::int64_t first_ms() {
    return clock_ms;
}

}  // namespace veche::simulation
