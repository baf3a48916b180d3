// Forms of commands as the site makes them.

#include <doctest/doctest.h>

#include "api/tests/site_at_hand.hpp"

using namespace veche;
using namespace veche::api;
using form_fixture = veche::api::testing::site_at_hand;

namespace {

bool has_text(const response& page, std::string_view text) {
    return page.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(form_fixture, "a form that may take a file is sent as one that has files") {
    log_in();
    for (const char* type : {"fund.confirm_reservation", "fund.submit_claim"}) {
        CAPTURE(type);
        CHECK(
            has_text(ask("GET", "/en/do/" + std::string(type)), "enctype=\"multipart/form-data\""));
    }
    CHECK_FALSE(has_text(ask("GET", "/en/do/fund.reserve"), "enctype="));
}

TEST_CASE_FIXTURE(form_fixture, "an order in a motion may name what another order of it makes") {
    log_in();
    const std::string order = "/en/do/assembly.table_motion?enactments.0.type=";
    const response moves = ask("GET", order + "fund.transfer_appropriation");
    CHECK(has_text(moves, "name=\"enactments.0.body.to\""));
    CHECK_FALSE(has_text(moves, "<select id=\"f-enactments-0-body-to\""));
    const response adds = ask("GET", order + "programme.add_measure");
    CHECK(has_text(adds, "name=\"enactments.0.body.measure\""));
    CHECK_FALSE(has_text(adds, "<select id=\"f-enactments-0-body-measure\""));
    // The form itself still offers what there is.
    CHECK(has_text(ask("GET", "/en/do/fund.reserve"), "<select id=\"f-line\""));
}
