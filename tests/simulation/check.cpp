#include "check.hpp"

#include <algorithm>

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "office/replay.hpp"

namespace veche::simulation {
namespace {

/// An act as the journal has it.
struct written {
    std::uint64_t seq = 0;
    std::uint64_t follows = 0;  ///< entries that name it
};

class checker {
  public:
    explicit checker(world& of) : world_(of), rows_(database().now().rows) {}

    void run() {
        read_journal();
        check_acts();
        check_listeners();
        check_sights();
        check_checkpoints();
        check_states();
        check_stops();
    }

  private:
    void wrong(std::string what) { world_.wrong.push_back(std::move(what)); }

    void read_journal() {
        replay_.on_proofs([](std::uint64_t, const auto&) { return result<void>{}; });
        roots_.push_back(edge_.root());
        for (const auto& [seq, row] : rows_.entries) {
            if (static_cast<std::uint64_t>(seq) != bytes_.size())
                return wrong("entry " + std::to_string(bytes_.size()) + " is missing");
            bytes_.push_back(row.second);
            if (const auto done = replay_.take(row.second); !done)
                return wrong("entry " + std::to_string(seq) +
                             " does not fold: " + done.error().sentence());
            edge_.append(journal::leaf_hash(row.second));
            roots_.push_back(edge_.root());
            note(static_cast<std::uint64_t>(seq), row.second);
        }
        if (const auto done = replay_.finish(); !done) wrong(done.error().sentence());
        if (static_cast<std::uint64_t>(rows_.next) != bytes_.size())
            wrong("the head says " + std::to_string(rows_.next) + ", there are " +
                  std::to_string(bytes_.size()));
    }

    void note(std::uint64_t seq, std::string_view bytes) {
        const auto view = journal::parse_entry(bytes);
        json::document line;
        if (!view || !line.reset(view->event_line)) return;
        times_.push_back(view->at);
        const auto e = journal::read_envelope(line.root());
        if (!e) return;
        if (e->derived) {
            ++follows_[e->by];
            return;
        }
        const auto [at, fresh] =
            acts_.emplace(std::pair(std::string(e->actor), std::string(e->idem)), seq);
        if (!fresh)
            wrong("the command " + std::string(e->idem) + " stands at " +
                  std::to_string(at->second) + " and at " + std::to_string(seq));
    }

    void check_acts() {
        for (const auto& act : world_.acts) {
            const auto found = acts_.find({act->what.actor, act->what.idem});
            const bool there = found != acts_.end();
            if (act->first) check_receipt(*act, *act->first, there ? &found->second : nullptr);
            for (const auto& one : act->later)
                check_receipt(*act, one, there ? &found->second : nullptr);
            // Refused once and never sent otherwise: it must have left nothing.
            if (act->refused && !act->first && there && act->begun == 1 && act->answered == 1)
                wrong(act->what.idem + " was refused (" + *act->refused + ") and is entry " +
                      std::to_string(found->second));
        }
    }

    void check_receipt(const told& act, const office::receipt& got, const std::uint64_t* at) {
        if (!at) {
            if (!database().lossy)
                wrong(act.what.idem + " was acknowledged as entry " + std::to_string(got.seq) +
                      " and is not on the journal");
            return;
        }
        if (*at != got.seq && !database().lossy)
            wrong(act.what.idem + " was acknowledged as entry " + std::to_string(got.seq) +
                  " and is entry " + std::to_string(*at));
        if (!got.repeated && !act.first->repeated && got.seq != act.first->seq && !database().lossy)
            wrong(act.what.idem + " was accepted twice");
        const auto named = follows_.find(got.seq);
        const std::uint64_t follow = named == follows_.end() ? 0 : named->second;
        if (!got.repeated && got.entries != follow + 1 && !database().lossy)
            wrong(act.what.idem + " was said to be " + std::to_string(got.entries) +
                  " entries and is " + std::to_string(follow + 1));
    }

    /// Each program tells all entries once and in order, and those that are there.
    void check_listeners() {
        for (const machine& m : world_.machines)
            for (const auto& one : m.all) {
                for (std::size_t i = 0; i < one->told.size(); ++i) {
                    const heard& h = one->told[i];
                    const std::string who = "node " + std::to_string(one->node) + " told entry " +
                                            std::to_string(h.seq);
                    if (i > 0 && h.seq != one->told[i - 1].seq + 1)
                        wrong(who + " after " + std::to_string(one->told[i - 1].seq));
                    if (!database().lossy && (h.seq >= bytes_.size() || bytes_[h.seq] != h.bytes))
                        wrong(who + ", which the journal does not have so");
                }
            }
    }

    /// Nobody was shown what is not on the journal.
    void check_sights() {
        if (database().lossy) return;
        for (const sight& s : world_.sights)
            if (s.size > times_.size() || (s.size > 0 && times_[s.size - 1] != s.last_at))
                wrong("node " + std::to_string(s.node) + " showed a state of " +
                      std::to_string(s.size) + " entries that was never on the journal");
    }

    void check_checkpoints() {
        const std::string key = journal::format_verifier_key(
            {origin, journal::key_from_seed(std::string(32, 'k')).public_key});
        const auto check_note = [&](std::uint64_t size, const std::string& text) {
            const auto c = journal::verify_checkpoint(text, key);
            if (!c || c->size != size) return wrong("a checkpoint is not well signed");
            if (database().lossy) return;
            if (size >= roots_.size() || roots_[size] != c->root)
                wrong("the checkpoint of " + std::to_string(size) +
                      " entries is not of this journal");
        };
        for (const machine& m : world_.machines) check_line(m.guard.all, check_note);
        // And what each node published, which may be less than it signed.
        std::map<int, std::vector<journal::stored_checkpoint>> by_node;
        for (const auto& one : database().published)
            if (const auto c = journal::parse_checkpoint(one.note))
                by_node[one.node].push_back({c->size, c->root, one.note});
        for (const auto& [node, all] : by_node) check_line(all, check_note);
        for (const auto& [size, row] : rows_.checkpoints)
            check_note(static_cast<std::uint64_t>(size), row.second);
        if (database().lossy || bytes_.empty()) return;
        if (rows_.checkpoints.empty() ||
            static_cast<std::size_t>(rows_.checkpoints.rbegin()->first) != bytes_.size())
            wrong("all is calm and no checkpoint of all entries is published");
    }

    /// Checkpoints by one node, in the order in which it made them.
    template <class Note>
    void check_line(const std::vector<journal::stored_checkpoint>& all, Note check_note) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            check_note(all[i].size, all[i].note);
            if (i > 0 && !extends(all[i], all[i - 1]))
                wrong("the checkpoint of " + std::to_string(all[i].size) +
                      " entries does not extend that of " + std::to_string(all[i - 1].size) +
                      " by the same node");
        }
    }

    /// Whether there ever was a journal that both are of: also where what was acknowledged was
    /// lost, no node signs two histories.
    bool extends(const journal::stored_checkpoint& later, const journal::stored_checkpoint& first) {
        if (histories_.empty()) {
            histories_.push_back(roots_);
            for (const tables& one : database().left_behind) {
                histories_.emplace_back();
                journal::frontier grown;
                histories_.back().push_back(grown.root());
                for (const auto& [seq, row] : one.entries) {
                    grown.append(journal::leaf_hash(row.second));
                    histories_.back().push_back(grown.root());
                }
            }
        }
        return later.size >= first.size &&
               std::any_of(histories_.begin(), histories_.end(), [&](const auto& roots) {
                   return later.size < roots.size() && roots[later.size] == later.root &&
                          roots[first.size] == first.root;
               });
    }

    /// All that views say of a state, as text.
    std::string seen(const std::function<result<office::answer>(std::string_view,
                                                                std::string_view)>& ask) const {
        std::string out;
        const auto add = [&](std::string_view view, const std::string& query) {
            const auto given = ask(view, query);
            out += std::string(view) + query + " ";
            if (given) {
                json::writer text;
                write_json(*given->type, given->value.get(), text);
                out += text.take();
            } else {
                out += given.error().code();
            }
            out += "\n";
        };
        for (const char* view : {"assembly.sessions", "assembly.decisions", "fund.budget",
                                 "calls.calls", "programme.follow_ups"})
            add(view, "{}");
        for (int v = 0; v <= world_.latest_vote; ++v)
            add("assembly.vote", R"({"id":"v)" + std::to_string(v) + "\"}");
        add("calls.call", R"({"call":"c"})");
        return out;
    }

    void check_states() {
        const viewer nobody{{}, replay_.state().last_at};
        const std::string own = seen([&](std::string_view view, std::string_view query) {
            json::document q;
            (void)q.reset(query);
            const auto* const r = office::find_view(view);
            return r ? r->ask(replay_.state(), q.root(), nobody)
                     : result<office::answer>(refuse(office::refusals::view_unknown, {}, view));
        });
        for (const machine& m : world_.machines) {
            const std::string who = "node " + std::to_string(m.all.back()->node);
            if (!m.now || !m.now->desk || !alive(m.now->process)) {
                if (!database().lossy) wrong(who + " does not serve though nothing is broken");
                continue;
            }
            office::office& desk = *m.now->desk;
            if (const auto done = desk.follow_others(); !done) {
                wrong(who + " cannot follow: " + done.error().sentence());
                continue;
            }
            if (desk.durable_size() != bytes_.size()) {
                wrong(who + " has " + std::to_string(desk.durable_size()) + " entries of " +
                      std::to_string(bytes_.size()));
                continue;
            }
            if (seen([&](std::string_view view, std::string_view query) {
                    return desk.ask(view, query, nobody);
                }) != own)
                wrong(who + " has another state than a replay");
        }
    }

    void check_stops() {
        for (const auto& one : world_.readings)
            if (!one->over && alive(one->of)) wrong("somebody who reads waits for ever");
        for (const machine& m : world_.machines) {
            if (m.stopped_itself > 0 && world_.broken == 0)
                wrong("a node stopped itself although nothing was broken");
            if (m.refused_to_start > 0 && !database().lossy)
                wrong("a node refused to start: fewer entries than it had signed");
        }
    }

    world& world_;
    const tables rows_;
    office::replay replay_{origin};
    journal::frontier edge_;
    std::vector<hash256> roots_;                   // by size
    std::vector<std::vector<hash256>> histories_;  // those of each primary there was
    std::vector<std::string> bytes_;               // by number
    std::vector<instant> times_;                   // by number
    std::map<std::pair<std::string, std::string>, std::uint64_t> acts_;
    std::map<std::uint64_t, std::uint64_t> follows_;
};

}  // namespace

void check(world& of) {
    checker(of).run();
}

}  // namespace veche::simulation
