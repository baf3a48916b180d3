// The forms of calls that other kinds have, on a phone and by keyboard alone: two who go together apply
// for internships and name each other; hosts rank the applicants, the desk tries the run and runs it;
// applicants for a team claim a feature and skills, officers refuse a skill and mend a feature, the lots
// are drawn and the teams sent; who proposes a project says where it is in degrees; a voter finds the
// vote among their calls, and everybody finds the project. Every page is looked at in all languages.
import {createHash} from "node:crypto";
import {mkdirSync} from "node:fs";
import {act, browse, charterWith, decided, person, send, serveUnion, words} from "./calling.mjs";
import {check, count, screens} from "./lib.mjs";

const people = ["p-1", "p-2", "p-3", "p-4"];
const staff = {clerk: '"convene", "agenda", "table", "preside", "calls"', lab: "", museum: ""};

// --- The calls: for two kinds one that is open and one that has closed, and a budget -----------------

const open = {opens: "@-8d08:00", closes: "@+9d08:00"};
const closed = {opens: "@-8d08:00", closes: "@-1d08:00"};
const common = {body: "house", answer_days: 10, appeal_days: 10,
                text: words("Invented.", "Вымышлено.", "Выдумана.")};
const programme = (id, en, ru, be, capacity) =>
  ({programme: id, title: words(en, ru, be), host: "A host (invented)", capacity});

const internships = {...common, kind: "internships", rules: {ties: "hungarian", unfilled: "next_round"},
  programmes: [programme("lasers", "Lasers", "Лазеры", "Лазеры", 1),
               programme("archive", "Archive", "Архив", "Архіў", 2)],
  hosts: {programmes: [{programme: "lasers", office: "house/lab"}, {programme: "archive", office: "house/museum"}],
          rank_days: 5, changes: "named"}};
const teams = {...common, kind: "teams", rules: {ties: "lottery", lottery: "per_programme", unfilled: "next_round"},
  programmes: [programme("school", "School", "Школа", "Школа", 2), programme("bridge", "Bridge", "Мост", "Мост", 2)],
  custodians: ["house/clerk"], reveal_days: 3,
  teams: {categories: [{category: "state", title: words("Studies in", "Учится в", "Вучыцца ў"),
                        features: [{feature: "north", title: words("The north", "Север", "Поўнач")},
                                   {feature: "south", title: words("The south", "Юг", "Поўдзень")}]}],
          skills: [{skill: "weld", title: words("welder", "сварщик", "зваршчык")},
                   {skill: "cook", title: words("cook", "повар", "кухар")}],
          sites: [{programme: "school", min_size: 1,
                   windows: [{of: {category: "state", feature: "north"}, min: 1}, {of: {skill: "weld"}, min: 1}]}],
          aim: "utility_then_placed", choice_points: [10, 6]}};
const budget = {...common, kind: "budget", reveal_days: 3, custodians: ["house/clerk"],
  budget: {minor: "1000000", unit: "RUB"}, rules: {ties: "lottery", lottery: "single", unfilled: "none"}};
const calls = [
  {...internships, ...open, call: "summer",
   title: words("Summer internships", "Летние стажировки", "Летнія стажыроўкі")},
  {...internships, ...closed, call: "spring",
   title: words("Spring internships", "Весенние стажировки", "Вясновыя стажыроўкі")},
  {...teams, ...open, call: "summer-teams", title: words("Summer teams", "Летние отряды", "Летнія атрады")},
  {...teams, ...closed, call: "spring-teams", title: words("Spring teams", "Весенние отряды", "Вясновыя атрады")},
  {...budget, ...open, call: "yards", title: words("A budget for yards", "Бюджет на дворы", "Бюджэт на двары"),
   voting: {ballots: "approval", measure: "cost", rest: "none", votes_from: "@+11d08:00", votes_until: "@+15d08:00"}},
  {...budget, opens: "@-8d08:00", closes: "@-5d08:00", call: "parks",
   title: words("A budget for parks", "Бюджет на парки", "Бюджэт на паркі"),
   voting: {ballots: "approval", measure: "cost", rest: "none", votes_from: "@-2d08:00", votes_until: "@+3d08:00"}},
];

const number = "2c".repeat(32);
const bound = (call) => createHash("sha256").update(Buffer.concat([
  Buffer.from(`veche-lot-v1\0${call}\0house/clerk\0`), Buffer.from(number, "hex")])).digest("hex");
const sent = (as, call, body, at) => act(as, "calls.submit_application", {call, ...body}, as, at);
const judged = (call, applicant, at) =>
  act("clerk", "calls.judge_eligibility", {call, applicant, eligible: true}, undefined, at);
const claims = (feature, ...skills) =>
  ({choices: ["school", "bridge"], features: [{category: "state", feature}], skills});

const together = [{mine: "archive", partners: "archive"}];

const play = [
  ...decided(calls),
  ...["spring-teams", "summer-teams", "yards", "parks"].map((call) =>
    act("clerk", "calls.commit_lot", {call, hash: bound(call)})),
  // Two go together, two alone.
  sent("p-1", "spring", {choices: ["lasers"], partner: "p-2", pairs: together}, "-7d10:00"),
  sent("p-2", "spring", {choices: ["archive"], partner: "p-1", pairs: together}),
  sent("p-3", "spring", {choices: ["lasers", "archive"]}),
  sent("p-4", "spring", {choices: ["lasers"]}),
  sent("p-1", "spring-teams", claims("north", "weld")),
  sent("p-2", "spring-teams", claims("south", "weld")),
  sent("p-3", "spring-teams", claims("south", "cook")),
  sent("p-1", "parks", {title: words("Lime trees", "Липы", "Ліпы"), asks: {minor: "400000", unit: "RUB"}}),
  sent("p-2", "parks", {title: words("Benches", "Скамейки", "Лаўкі"), asks: {minor: "500000", unit: "RUB"}}),
  judged("parks", "p-1", "-4d10:00"), judged("parks", "p-2"),
  judged("spring", "p-1", "-1d12:00"), ...["p-2", "p-3", "p-4"].map((one) => judged("spring", one)),
];

// --- Two who go together ---------------------------------------------------------------------------

async function go_together(one, other) {
  const fill = async (who, partner, mine, theirs) => {
    await who.go("calls/summer");
    await who.press("main a[href*='/do/calls.submit_application']");
    if (who === one) await who.look("pair-form");
    await who.reach("[name=partner]");
    await who.page.keyboard.type(partner);
    await who.press("button[name=_more][value=pairs]");
    check("what was typed stays when a line is added",
          (await who.page.locator("[name=partner]").inputValue()) === partner);
    await who.pick("#f-pairs-0-mine", mine);
    await who.pick("#f-pairs-0-partners", theirs);
  };
  await fill(one, "p-2", "Lasers", "Archive");
  await one.press(send);
  await one.done("an application of two is sent");
  check("it is said that the other has not named one yet", /does not name you/.test(await one.words()),
        await one.words());
  await one.look("case-pair-one-sided");
  await fill(other, "p-1", "Archive", "Lasers");
  await other.press(send);
  await other.done("the other names them as well");
  check("and the pair counts", !/does not name you/.test(await other.words()), await other.words());
  await one.go("cases/summer");
  check("for both", /Lasers.*Archive/.test(await one.words()), await one.words());
  await one.look("case-pair-agreed");
  await one.press("main a[href*='/do/calls.submit_application']");
  check("the line is filled in again", (await one.page.locator("#f-pairs-0-mine").inputValue()) === "lasers" &&
        (await one.page.locator("#f-pairs-0-partners").inputValue()) === "archive");
}

// --- Hosts rank ------------------------------------------------------------------------------------

async function rank(host, programme, order) {
  await host.go("calls/spring");
  await host.press(`main a[href*='/host-desks/spring/${programme}']`);
  await host.look(`host-desk-${programme}`);
  await host.press("main a[href*='/do/calls.rank_applicants']");
  await host.look(`ranking-form-${programme}`);
  for (const [i, who] of order.entries()) await host.pick(`#f-applicants-${i}`, who);
  await host.press(send);
  await host.done(`${programme} is ranked`);
  check("the ranking stands in its order", new RegExp(order.join(".*")).test(await host.words()), await host.words());
}

async function match(clerk, one, fourth) {
  await clerk.go("boards/spring");
  check("nothing stands in the way when all have ranked", /Nothing stands in the way/.test(await clerk.words()),
        await clerk.words());
  check("there are no columns of assessors", !/Assessors|Score/.test(await clerk.words()), await clerk.words());
  await clerk.press("main a[href*='try=1']");
  check("the trial says what each would get", /What each would get/.test(await clerk.words()), await clerk.words());
  await clerk.look("board-trial-internships");
  await clerk.press("main form[action*='calls.run_allocation'] button");
  await clerk.done("the internships are allocated");
  await one.go("cases/spring");
  check("two are placed together", /Archive/.test(await one.words()) &&
        (await one.page.locator("main form[action*='calls.answer_offer']").count()) > 0, await one.words());
  await one.look("case-pair-placed");
  await fourth.go("cases/spring");
  check("who is ranked lower learns why", /place/i.test(await fourth.words()), await fourth.words());
  await fourth.look("case-ranked-lower");
}

// --- A team: a feature and skills ------------------------------------------------------------------

async function claim(one) {
  await one.go("calls/summer-teams");
  await one.look("call-teams-open");
  await one.press("main a[href*='/do/calls.submit_application']");
  check("the feature is among what is left", (await one.page.locator("#left a[href*='features']").count()) > 0,
        await one.page.locator("#left").innerText().catch(() => ""));
  await one.look("team-form");
  await one.pick("#f-choices-0", "Bridge");
  await one.pick("#f-features-0-feature", "The south");
  await one.reach("input[name=skills][value=cook]");
  await one.page.keyboard.press("Space");
  await one.press(send);
  await one.done("an application for a team is sent");
  check("with its feature and its skill", /The south/.test(await one.words()) && /cook/.test(await one.words()),
        await one.words());
  await one.look("case-team");
  await one.press("main a[href*='/do/calls.submit_application']");
  check("both are filled in again", (await one.page.locator("#f-features-0-feature").inputValue()) === "south" &&
        (await one.page.locator("input[name=skills][value=cook]").isChecked()));
}

async function judge_claims(clerk) {
  await clerk.go("cases/spring-teams/p-1");
  await clerk.press("main form[action*='calls.judge_eligibility'] button");
  await clerk.done("p-1 is judged eligible");
  await clerk.go("cases/spring-teams/p-2");
  await clerk.press("main a[href*='refused_skills']");
  await clerk.look("refuse-skill-form");
  await clerk.pick("#f-refused-skills-0-skill", "welder");
  await clerk.reach("input[name='refused_skills.0.reason'][value=evidence_missing]");
  await clerk.page.keyboard.press("Space");
  await clerk.press(send);
  await clerk.done("a skill is refused");
  check("the skill does not count, with its reason", /does not count/i.test(await clerk.words()), await clerk.words());
  await clerk.go("cases/spring-teams/p-3");
  await clerk.press("main a[href*='mended_features']");
  await clerk.look("mend-feature-form");
  await clerk.pick("#f-mended-features-0-category", "Studies");
  await clerk.pick("#f-mended-features-0-feature", "The north");
  await clerk.reach("input[name='mended_features.0.reason']");
  await clerk.page.keyboard.press("ArrowDown");  // from the first reason to the next
  check("the second reason is chosen",
        await clerk.page.locator("input[name='mended_features.0.reason'][value=evidence_unsound]").isChecked());
  await clerk.press(send);
  await clerk.done("a feature is mended");
  await clerk.look("case-mended");
}

async function send_teams(clerk, one) {
  await clerk.go("boards/spring-teams");
  await clerk.press("main form[action*='calls.settle_list'] button");
  await clerk.done("the list of the teams is settled");
  await clerk.go("calls/spring-teams");
  await clerk.press("main a[href*='/do/calls.reveal_lot']");
  await clerk.reach("[name=number]");
  await clerk.page.keyboard.type(number);
  await clerk.press(send);
  await clerk.done("the number is revealed");
  await clerk.go("boards/spring-teams");
  await clerk.press("main a[href*='try=1']");
  check("the trial names the site of each", /What each would get.*School/.test(await clerk.words()),
        await clerk.words());
  await clerk.look("board-trial-teams");
  await clerk.press("main form[action*='calls.run_allocation'] button");
  await clerk.done("the teams are sent");
  await one.go("cases/spring-teams");
  check("the welder is sent to the school", /School/.test(await one.words()) &&
        (await one.page.locator("main form[action*='calls.answer_offer']").count()) > 0, await one.words());
  await clerk.go("calls/spring-teams");
  check("a site is called a site", /Sites and places/.test(await clerk.words()), await clerk.words());
  await clerk.look("call-teams-run");
}

// --- A budget: where a project is, the vote among one's calls, the search ------------------------------

async function propose(one) {
  await one.go("calls/yards");
  await one.press("main a[href*='/do/calls.submit_application']");
  await one.look("project-form");
  const type = async (field, text) => {
    await one.reach(`[name='${field}']`);
    await one.page.keyboard.press("Control+A");
    await one.page.keyboard.type(text);
  };
  await type("asks.minor", "1200.50");
  for (const [language, text] of [["en", "A swing"], ["ru", "Качели"], ["be", "Арэлі"]])
    await type(`title.${language}`, text);
  await type("place.latitude", "53°54'");
  await type("place.longitude", "270");
  await one.press(send);
  check("minutes and what lies beyond the half circle are told apart",
        /Latitude.* in degrees from -90 to 90/.test(await one.words()) &&
        /Longitude.* in degrees from -180 to 180/.test(await one.words()), await one.words());
  await one.page.locator("[name='place.latitude']").fill("53,9 N");
  await one.page.locator("[name='place.longitude']").fill("-27.5618");
  await one.press(send);
  await one.done("a project is handed in");
  await one.press("main a[href*='/do/calls.submit_application']");
  check("the place comes back in degrees",
        (await one.page.locator("[name='place.latitude']").inputValue()) === "53.9" &&
        (await one.page.locator("[name='place.longitude']").inputValue()) === "-27.5618");
  const view = await (await one.page.request.get(`${one.at}/en/cases/yards.json`)).json();
  check("the journal keeps millionths",
        view.place?.latitude === 53_900_000 && view.place?.longitude === -27_561_800, JSON.stringify(view.place));
}

async function find(one) {
  await one.go("my-calls");
  check("the vote is among one's calls",
        /Votes that I can cast.*A budget for parks.*not voted yet/.test(await one.words()), await one.words());
  await one.look("my-calls-votes");
  await one.go("me");
  check("and on one's own page", (await one.page.locator("main a[href='/en/call-vote/parks']").count()) === 1);
  await one.look("me-applicant");
  await one.go("my-calls");
  await one.press("main a[href='/en/call-vote/parks']");
  await one.reach("#p1");
  await one.page.keyboard.press("Space");
  await one.press("#paper button[type=submit]");
  await one.press("main form[action*='calls.vote'] button");
  await one.done("the ballot is cast");
  await one.go("my-calls");
  check("then it says so", /your ballot is cast/.test(await one.words()), await one.words());
  await one.go("search?q=липы");
  await one.look("search-project");
  await one.press("main a[href='/en/call-projects/parks/p-1']");
  check("a project is found in any language", /Lime trees/.test(await one.words()), await one.words());
  const days = await (await one.page.request.get(`${one.at}/en/calls/parks.ics`)).text();
  check("the calendar has the days of the vote", /UID:call-parks-votes-from@/.test(days) &&
        /UID:call-parks-votes-until@/.test(days), days.slice(0, 600));
}

async function main() {
  mkdirSync(screens, {recursive: true});
  const {at, stop} = await serveUnion(charterWith(staff), play, [...people, ...Object.keys(staff)]);
  const browser = await browse();
  try {
    const [one, two, three, four] = await Promise.all(people.map((name) => person.arrive(browser, at, name)));
    await go_together(one, two);
    await rank(await person.arrive(browser, at, "lab"), "lasers", ["p-3", "p-1", "p-4"]);
    await rank(await person.arrive(browser, at, "museum"), "archive", ["p-2", "p-1", "p-3"]);
    const clerk = await person.arrive(browser, at, "clerk");
    await match(clerk, one, four);
    await claim(three);
    await judge_claims(clerk);
    await send_teams(clerk, one);
    await propose(three);
    await find(four);
  } finally {
    await browser.close();
    stop();
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed > 0 ? 1 : 0);
}

process.exitCode = 1;  // of a run that ends before its closing line
main().catch((error) => {
  console.log(`FAIL ${error.stack}`);
  console.log(`${count.passed} passed, ${count.failed + 1} failed`);
  process.exit(1);
});
