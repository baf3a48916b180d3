// Random lives of a case beside a plain reading of everything that was done, without any index.

#include <rapidcheck.h>

#include "barriers/tests/desk.hpp"
#include "kernel/months.hpp"

using namespace veche;
using namespace veche::barriers;
using namespace veche::barriers::testing;

namespace {

using at = barrier_standing;

/// Days since the report, and a state by hand.
struct plain_case {
    at standing = at::waiting;
    std::int32_t step_due = 0;  ///< last day of the step that runs; -1 where none does
    std::int32_t check_on = -1;
    bool extended = false;
    int open_remedies = 0, returned = 0;

    void go(at next, std::int32_t today, std::int32_t days) {
        standing = next;
        step_due = days < 0 ? -1 : today + days;
    }
};

/// What time alone brings.
void age(plain_case& c, std::int32_t today) {
    if (c.standing == at::removed && c.check_on <= today) c.go(at::checking, c.check_on, 30);
}

/// One random act: on the desk, and on the plain reading where it was carried out.
struct life {
    case_desk d;
    plain_case c;
    int words = 0, named = 0;

    std::int32_t today() const { return date_of(d.at).days; }

    bool say_word(reporter_word word) {
        if (d.send(word_of("one", "b-1", words + 1, word), "desk") != "") return false;
        ++words;
        return true;
    }
    void panel(barrier_class as_what) {
        for (const char* one : {"panel-1", "panel-2", "panel-3"})
            (void)d.send(vote_of("b-1", as_what), one);
        const bool done = d.send(qualify{{"b-1"}}, "panel-1") == "";
        RC_ASSERT(done == (c.standing == at::panel));
        if (!done) return;
        if (as_what == barrier_class::none)
            c.go(at::not_found, today(), -1);
        else
            c.go(at::measures, today(), 30);
    }
    void promise() {
        const std::string name = "m-" + std::to_string(++named);
        const bool done = d.send(remedy_of(d, "b-1", name.c_str(), 20), "contact-a") == "";
        RC_ASSERT(done == (c.standing == at::measures));
        c.open_remedies += done ? 1 : 0;
    }
    void prove() {
        const std::string name = "m-" + std::to_string(named - c.open_remedies + 1);
        const bool done = d.send(proof_of(d, "b-1", name.c_str()), "contact-a") == "";
        RC_ASSERT(done == (c.standing == at::measures && c.open_remedies > 0));
        c.open_remedies -= done ? 1 : 0;
    }
    void removal(bool by_test, bool gone) {
        const at before = c.standing;
        const bool done = by_test
                              ? d.send(looked<record_test>("b-1", gone), "tester") == ""
                              : say_word(gone ? reporter_word::confirm : reporter_word::dispute);
        RC_ASSERT(done == (before == at::claimed));
        if (!done) return;
        if (gone) {
            c.go(at::removed, today(), -1);
            c.check_on = months_after({today()}, 6).days;
        } else {
            c.go(at::measures, today(), 30);
        }
    }
    void check(bool gone) {
        const bool done = d.send(looked<record_check>("b-1", gone), "tester") == "";
        RC_ASSERT(done == (c.standing == at::checking));
        if (!done) return;
        c.returned += gone ? 0 : 1;
        c.go(gone ? at::closed : at::measures, today(), gone ? -1 : 30);
    }
    void open_again() {
        const bool done = d.send(reopen{{"b-1"}, en("New.")}, "desk") == "";
        RC_ASSERT(done == (c.standing == at::not_found || c.standing == at::removed ||
                           c.standing == at::closed));
        if (!done) return;
        c.returned += c.check_on >= 0 ? 1 : 0;
        c.go(c.standing == at::not_found ? at::panel : at::measures, today(), 30);
    }
    void back() {
        const bool done = say_word(reporter_word::returned);
        RC_ASSERT(done == (c.standing == at::removed || c.standing == at::closed));
        if (done) c.go(at::checking, today(), 30);
    }
    void claim() {
        const bool done = d.send(claim_of("b-1"), "contact-a") == "";
        RC_ASSERT(done == (c.standing == at::measures && c.open_remedies == 0));
        if (done) c.go(at::claimed, today(), 30);
    }
    void early_steps(int which) {
        if (which == 0) {
            const bool done = d.send(case_of("b-1"), "desk") == "";
            RC_ASSERT(done == (c.standing == at::waiting));
            if (done) c.go(at::position, today(), 7);
        } else if (which == 1) {
            const bool done = d.send(answer_of("b-1", position::partly), "contact-a") == "";
            RC_ASSERT(done == (c.standing == at::position || c.standing == at::finding ||
                               c.standing == at::panel));
            if (done && c.standing == at::position) c.go(at::finding, today(), 15);
        } else if (which == 2) {
            const bool done = d.send(answer_of("b-1", position::asks_time), "contact-a") == "";
            RC_ASSERT(done == (c.standing == at::position && !c.extended));
            if (done) {
                c.extended = true;
                c.step_due += 7;
            }
        } else {
            const bool done = d.send(finding_of(d, "b-1"), "desk") == "";
            const bool silent = c.standing == at::position && today() > c.step_due;
            RC_ASSERT(done == (c.standing == at::finding || silent));
            if (done) c.go(at::panel, today(), 30);
        }
    }
    int next() const {
        switch (c.standing) {
            case at::waiting:
                return 0;
            case at::position:
                return 1;
            case at::finding:
                return 3;
            case at::panel:
                return 4;
            case at::measures:
                return c.open_remedies > 0 ? 6 : *rc::gen::element(5, 7);
            case at::claimed:
                return 8;
            case at::checking:
                return 9;
            default:
                return *rc::gen::element(10, 11, 12);
        }
    }
    void act(int which) {
        if (which < 4) return early_steps(which);
        if (which == 4)
            return panel(*rc::gen::element(barrier_class::barrier, barrier_class::none));
        if (which == 5) return promise();
        if (which == 6) return prove();
        if (which == 7) return claim();
        if (which == 8) return removal(*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>());
        if (which == 9) return check(*rc::gen::arbitrary<bool>());
        if (which == 10) return open_again();
        if (which == 11) return back();
        d.pass(*rc::gen::inRange(0, 90));
        age(c, today());
    }
};

/// Steps before the measures have one clock; it says what the plain reading says.
void clocks_agree(const life& l) {
    const barrier_case& one = l.d.at_hand("b-1");
    std::size_t marks = 0;
    for (const step_run& run : one.runs) marks += run.running() && !run.late ? 1 : 0;
    marks += one.standing == at::removed ? 1 : 0;
    RC_ASSERT(l.d.own.due.size() == marks);
    for (const step_run& run : one.runs)
        if (run.running()) RC_ASSERT(run.late == (l.today() > run.due.days));
    if (l.c.standing == at::measures || l.c.step_due < 0) return;
    RC_ASSERT(one.runs.back().running());
    RC_ASSERT(one.runs.back().due.days == l.c.step_due);
}

}  // namespace

TEST_CASE("a case's state and clock are what a plain reading of its whole history gives") {
    CHECK(rc::check([] {
        life l;
        RC_ASSERT(l.d.send(report_by("one"), "desk") == "");
        l.c.go(at::waiting, l.today(), 7);
        const int steps = *rc::gen::inRange(1, 40);
        for (int i = 0; i < steps; ++i) {
            // Two of three acts are what carries the case on, or it would seldom get far.
            const bool on = *rc::gen::inRange(0, 3) > 0;
            l.act(on ? l.next() : *rc::gen::inRange(0, 13));
            const barrier_case& one = l.d.at_hand("b-1");
            RC_ASSERT(one.standing == l.c.standing);
            RC_ASSERT(one.times_returned() == l.c.returned);
            clocks_agree(l);
        }
    }));
}
