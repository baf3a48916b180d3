#include "registry/tests/desk.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

namespace {

batch_row row_of(record_place c) {
    batch_row out;
    out.place = std::move(c);
    return out;
}
batch_row row_of(record_link c) {
    batch_row out;
    out.link = std::move(c);
    return out;
}

stage_rows part(std::int32_t number, std::vector<batch_row> rows) {
    return {{"first"}, {"council"}, number, std::move(rows)};
}

}  // namespace

TEST_CASE_FIXTURE(desk, "rows of a batch hold together or not at all") {
    CHECK(send(part(1, {row_of(place_of("A-1", place_kind::region, "A")),
                        row_of(place_of("ash", place_kind::town, nullptr, "A-1"))})) == "");
    CHECK(send(part(1, {row_of(place_of("x", place_kind::town, "A"))})) ==
          "registry.part_out_of_order part");
    CHECK(send(part(2, {row_of(place_of("birch", place_kind::town, "B")),
                        row_of(link_of("ash-birch", "ash", "birch"))})) == "");
    CHECK(own.places.empty());  // nothing holds before it is accepted
    CHECK(send(accept_batch{{"first"}, 3}) == "registry.rows_differ rows");
    CHECK(ask(seen(), batch_query{{"first"}}, anyone())->problems.empty());
    CHECK(send(accept_batch{{"first"}, 4}) == "");
    CHECK(own.places.size() == 3);
    CHECK(own.links.size() == 1);
    CHECK(send(accept_batch{{"first"}, 4}) == "registry.batch_closed batch");
    CHECK(send(part(3, {row_of(place_of("y", place_kind::town, "A"))})) ==
          "registry.batch_closed batch");
}

TEST_CASE_FIXTURE(desk, "every row that cannot be recorded is named, and none is recorded") {
    record_place bad_code = place_of("bad", place_kind::region, "A");
    bad_code.codes = {{"iso-3166-2", "bad"}};
    batch_row nothing;
    CHECK(send(part(1, {nothing})) == "registry.row_malformed rows.0");
    CHECK(send(part(1, {})) == "registry.rows_missing rows");
    CHECK(send(part(1, {row_of(place_of("A-1", place_kind::region, "A")), row_of(bad_code),
                        row_of(place_of("ash", place_kind::town, nullptr, "A-9"))})) == "");
    const auto view = ask(seen(), batch_query{{"first"}}, anyone());
    REQUIRE(view);
    REQUIRE(view->problems.size() == 2);
    CHECK(view->problems[0].row == 2);
    CHECK(view->problems[0].record == "bad");
    CHECK(view->problems[0].why.code == "registry.code_malformed");
    CHECK(view->problems[0].why.field == "codes.0.value");
    CHECK(view->problems[1].why.code == "registry.place_unknown");
    const auto refused = decide(seen(), accept_batch{{"first"}, 3}, now());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().sentence() ==
          "Nothing was recorded: 2 of 3 rows cannot be. The first is row 2 (bad, "
          "registry.code_malformed).");
    CHECK(own.places.empty());
    CHECK(send(discard_batch{{"first"}, {}}) == "registry.reason_missing reason");
    CHECK(send(discard_batch{{"first"}, en("To be mended.")}) == "");
    CHECK(ask(seen(), batches_query{}, anyone())->batches[0].standing == batch_standing::discarded);
}

TEST_CASE_FIXTURE(desk, "a batch is of one body and its rows are too") {
    record_place elsewhere = place_of("A-1", place_kind::region, "A");
    elsewhere.body = {"other"};
    CHECK(send(part(1, {row_of(elsewhere)})) == "");
    CHECK(ask(seen(), batch_query{{"first"}}, anyone())->problems[0].why.code ==
          "registry.row_elsewhere");
    stage_rows second = part(2, {row_of(place_of("A-2", place_kind::region, "A"))});
    second.body = {"other"};
    CHECK(send(second) == "registry.row_elsewhere body");
    clerk = true;
    CHECK(send(part(2, {row_of(place_of("A-2", place_kind::region, "A"))})) ==
          "registry.not_registrar");
}
