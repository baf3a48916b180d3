// A call as its people meet it, on a phone and by keyboard alone: an applicant finds it, applies in
// order of preference, changes the order, is judged, reads the result with its reason and answers; an
// officer judges, assigns, tries and runs; an assessor declares and gives points; an appeal is decided.
// Lots are kept, settled and revealed, a programme is set aside, a second round passes on a place, a
// call is concluded. Citizens vote on a budget. One applicant and one voter have no script. Every page is
// looked at in all languages. Pictures go to build/screens/.
import {createHash} from "node:crypto";
import {mkdirSync} from "node:fs";
import {act, browse, charterWith, decided, person, send, serveUnion, words} from "./calling.mjs";
import {check, count, screens} from "./lib.mjs";

const applicants = ["p-1", "p-2", "p-3"];
const staff = {clerk: '"convene", "agenda", "table", "preside", "calls"', expert: '"assess"',
               judge: '"appeals"'};

// --- The calls: the House decided on them, one has closed ----------------------------------------

const places = (list) => list.map(([programme, en, ru, be]) =>
  ({programme, title: words(en, ru, be), host: "A university (invented)", capacity: 1}));
const programmes = places([["chemistry", "Chemistry", "Химия", "Хімія"],
                           ["energy", "Power engineering", "Энергетика", "Энергетыка"],
                           ["history", "History", "История", "Гісторыя"]]);
const common = {kind: "places", body: "house", answer_days: 10, appeal_days: 10,
                text: words("For everybody.", "Для всех.", "Для ўсіх."),
                criteria: [{criterion: "exam", title: words("Examination", "Экзамен", "Іспыт"), max: 100, weight: 1}],
                assessors: 1};
const closedCall = {...common, call: "spring", title: words("Spring places", "Весенние места", "Вясновыя месцы"),
                    programmes: programmes.slice(0, 2), groups: [],
                    rules: {ties: "hungarian", unfilled: "next_round"},
                    opens: "@-8d08:00", closes: "@-3d08:00", custodians: []};
const openCall = {...common, call: "autumn", title: words("Autumn places", "Осенние места", "Восеньскія месцы"),
                  programmes: [{...programmes[0], reserves: [{group: "villages", seats: 1}]}, ...programmes.slice(1)],
                  groups: [{group: "villages", title: words("From villages", "Из деревень", "З вёсак")}],
                  rules: {ties: "lottery", lottery: "single", reserves: "first", unfilled: "next_round"},
                  custodians: ["house/clerk"], reveal_days: 3,
                  opens: "@-8d08:00", closes: "@+9d08:00"};
// Citizens vote on it now, by points.
const budgetCall = {call: "parks", kind: "budget", body: "house", answer_days: 10, appeal_days: 10, reveal_days: 3,
                    title: words("A budget for parks", "Бюджет на парки", "Бюджэт на паркі"), text: common.text,
                    budget: {minor: "1000000", unit: "RUB"}, custodians: ["house/clerk"],
                    rules: {ties: "lottery", lottery: "single", unfilled: "none"},
                    opens: "@-8d08:00", closes: "@-5d08:00",
                    voting: {ballots: "points", points: 10, most_points: 6, measure: "cost", rest: "utilitarian",
                             votes_from: "@-2d08:00", votes_until: "@+3d08:00"}};
const parks = [["p-1", "Trees", "Деревья", "Дрэвы", 53_900_000, 27_560_000],
               ["p-2", "Benches", "Скамейки", "Лаўкі", 55_750_000, 37_620_000],
               ["p-3", "Lamps", "Фонари", "Ліхтары", 54_780_000, 32_050_000]];

// One that waits for its lots, one whose place was declined, one in which all is over.
const lotCall = {...common, call: "winter", title: words("Winter places", "Зимние места", "Зімовыя месцы"),
                 programmes: programmes.slice(0, 2), groups: [],
                 rules: {ties: "lottery", lottery: "single", unfilled: "next_round"},
                 custodians: ["house/clerk"], reveal_days: 3, opens: "@-8d08:00", closes: "@-3d08:00"};
const declinedCall = {...closedCall, call: "declined", programmes: programmes.slice(0, 1), answer_days: 1,
                      title: words("A place declined", "Отказ от места", "Адмова ад месца")};
// Offers go out one after another: all three programmes call p-1 first, then p-2, then p-3.
const rollingCall = {...common, call: "rolling", title: words("Rolling places", "Места по очереди", "Месцы па чарзе"),
                     programmes, groups: [], custodians: ["house/clerk"], reveal_days: 3, answer_days: 5,
                     rules: {ties: "lottery", lottery: "single", unfilled: "none", rolling_until: "@+9d08:00"},
                     opens: "@-8d08:00", closes: "@-3d08:00"};
const pastCall = {...declinedCall, call: "past", appeal_days: 1,
                  title: words("Past places", "Прошлые места", "Мінулыя месцы")};

// The custodian's number, and what binds it (docs/format/calls.md).
const number = "1b".repeat(32);
const bound = (call, office) => createHash("sha256").update(Buffer.concat([
  Buffer.from(`veche-lot-v1\0${call}\0${office}\0`), Buffer.from(number, "hex")])).digest("hex");

// Judged and assessed with these points, and run; each in the past.
const scored = (call, points) => Object.entries(points).flatMap(([applicant, n]) => [
  act("clerk", "calls.judge_eligibility", {call, applicant, eligible: true}),
  act("clerk", "calls.assign_assessor", {call, applicant, assessor: "expert"}),
  act("expert", "calls.declare_interest", {call, applicant, tie: "none"}),
  act("expert", "calls.assess", {call, applicant, points: [{criterion: "exam", points: n}]})]);
const past = (call, answer) => [...scored(call, {"p-1": 80, "p-2": 60}),
  act("clerk", "calls.run_allocation", {call}), act("p-1", "calls.answer_offer", {call, answer}, "p-1")];
const play = [
  ...decided([closedCall, openCall, lotCall, declinedCall, pastCall, budgetCall, rollingCall]),
  act("clerk", "calls.commit_lot", {call: "autumn", hash: "5".repeat(64)}),
  act("clerk", "calls.commit_lot", {call: "parks", hash: "5".repeat(64)}),
  act("clerk", "calls.commit_lot", {call: "rolling", hash: bound("rolling", "house/clerk")}),
  act("clerk", "calls.commit_lot", {call: "winter", hash: bound("winter", "house/clerk")}),
  ...["spring", "winter", "declined", "past"].flatMap((call, k) => ["p-1", "p-2"].map((person, n) =>
    act(person, "calls.submit_application",
        {call, choices: k < 2 ? ["chemistry", "energy"] : ["chemistry"]}, person, `-7d1${n + 2 * k}:00`))),
  ...["p-1", "p-2", "p-3"].map((person, n) => act(person, "calls.submit_application",
    {call: "rolling", choices: ["chemistry", "energy", "history"]}, person, `-7d2${n}:00`)),
  ...parks.map(([person, en, ru, be, latitude, longitude], n) => act(person, "calls.submit_application",
    {call: "parks", title: words(en, ru, be), asks: {minor: String(400_000 + n * 100_000), unit: "RUB"},
     about: words("Invented.", "Вымышлено.", "Выдумана."), place: {latitude, longitude}}, person, `-6d1${n}:00`)),
  ...parks.map(([person], n) => act("clerk", "calls.judge_eligibility",
    {call: "parks", applicant: person, eligible: true}, undefined, `-4d1${n}:00`)),
  act("clerk", "calls.judge_eligibility", {call: "winter", applicant: "p-1", eligible: true}, undefined, "-2d18:00"),
  ...past("declined", "decline"), ...past("past", "accept"), ...scored("winter", {"p-1": 50, "p-2": 50}),
  ...scored("rolling", {"p-1": 90, "p-2": 80, "p-3": 70}),
  act("clerk", "calls.settle_list", {call: "rolling"}), act("clerk", "calls.reveal_lot", {call: "rolling", number}),
  act("clerk", "calls.run_allocation", {call: "rolling"}),
  act("p-3", "calls.vote", {call: "parks", marks: [{project: "p-2", points: 6}]}, "p-3", "-1d10:00"),
];

// --- The open call: an applicant, and one without script -------------------------------------------

async function apply(one) {
  await one.go("");
  await one.look("calls-home");
  await one.press("main a[href='/en/calls/autumn']");
  await one.look("call-open");
  await one.press("main a[href*='/do/calls.submit_application']");
  check("what is left is said before anything is sent",
        (await one.page.locator("#left a[href='#f-choices']").count()) === 1);
  await one.look("call-form");
  await one.pick("#f-choices-0", "History");
  await one.pick("#f-choices-1", "Chem");
  const address = one.page.url();
  await one.page.locator("[data-saved]").filter({hasText: "Saved"}).waitFor({timeout: 10_000}).catch(() => {});
  await one.page.goto(address);
  check("a draft keeps the order",
        (await one.page.locator("#f-choices-0").inputValue()) === "history" &&
        (await one.page.locator("#f-choices-1").inputValue()) === "chemistry");
  await one.reach("input[name=groups]");
  await one.page.keyboard.press("Space");
  await one.press(send);
  await one.done("the application is sent");
  check("the order stands as it was given", /History.*Chemistry/.test(await one.words()), await one.words());
  await one.look("case-open");
  await one.press("main a[href*='/do/calls.submit_application']");
  check("what was sent is filled in", (await one.page.locator("#f-choices-0").inputValue()) === "history");
  await one.pick("#f-choices-0", "Power");
  await one.press(send);
  await one.done("the application is changed");
  check("the last one counts", /Power engineering.*Chemistry/.test(await one.words()), await one.words());
  await one.go("my-calls");
  await one.look("my-calls");
}

async function apply_without_script(one) {
  await one.go("calls/autumn");
  await one.press("main a[href*='/do/calls.submit_application']");
  await one.page.locator("#f-choices-0").selectOption("energy");
  // Evidence is personal: its fingerprint alone goes on the journal.
  await one.page.locator("input[type=file]").first().setInputFiles(
    {name: "diploma.txt", mimeType: "text/plain", buffer: Buffer.from("A diploma (invented)\n")});
  await one.press(send);
  await one.done("an application goes without script");
  check("its evidence lies sealed", (await one.page.locator("main a[href*='/sealed/']").count()) === 1);
  check("nothing of the file is on the page", !(await one.words()).includes("diploma.txt"));
}

// --- The closed call: officer, assessor, run, answer -------------------------------------------------

async function judge(clerk) {
  await clerk.go("boards/spring");
  check("the desk says what blocks the run", /Eligibility is not judged/.test(await clerk.words()));
  await clerk.look("board-closed");
  for (const one of ["p-1", "p-2"]) {
    await clerk.go(`cases/spring/${one}`);
    await clerk.press("main form[action*='calls.judge_eligibility'] button");
    await clerk.done(`${one} is judged eligible`);
    await clerk.press("main a[href*='/do/calls.assign_assessor']");
    await clerk.pick("#f-assessor", "expert");
    await clerk.press(send);
    await clerk.done(`${one} has an assessor`);
  }
  await clerk.look("case-desk");
}

async function assess(expert) {
  await expert.go("me");
  await expert.press("main a[href='/en/assessments/spring']");
  await expert.look("assessments-undeclared");
  for (let i = 0; i < 2; i += 1) {
    await expert.press("main form[action*='calls.declare_interest'] button");
    await expert.done("the declaration is made");
  }
  await expert.look("assessments");
  for (const points of ["90", "70"]) {
    await expert.reach("input[name='points.0.points']");
    await expert.page.keyboard.type(points);
    await expert.press("main form[action*='calls.assess'] button[type=submit]");
    await expert.done("the points are given");
  }
}

async function run(clerk) {
  await clerk.go("boards/spring");
  check("nothing blocks the run any more", /Nothing stands in the way/.test(await clerk.words()));
  await clerk.press("main a[href*='try=1']");
  check("a run on trial shows its cutoffs", /Cutoffs/.test(await clerk.words()));
  await clerk.look("board-trial");
  await clerk.press("main form[action*='calls.run_allocation'] button");
  await clerk.done("the places are allocated");
}

async function answer(best, other) {
  await other.go("cases/spring");
  check("a result comes with its reason", /You have 70 points.*the cutoff is 71/.test(await other.words()),
        await other.words());
  check("and with what would have sufficed", /With 71 points you would have got in/.test(await other.words()));
  await other.look("case-result");
  await best.go("cases/spring");
  await best.press("main form[action*='calls.answer_offer'] button");
  await best.done("the offer is answered");
  await other.go("cases/spring");
  await other.press("main a[href*='/do/calls.lodge_appeal']");
  await other.look("appeal-form");
  await other.reach("input[name=ground][value=points]");
  await other.page.keyboard.press("Space");
  await other.press(send);
  await other.done("the appeal is lodged");
}

// --- The appeal, by another person than those who judged --------------------------------------------

async function settle_appeal(judge, other) {
  await judge.go("cases/spring/p-2");
  await judge.press("main a[href*='/do/calls.decide_appeal'][href*='upheld=true']");
  check("the reason is asked for before anything is sent",
        (await judge.page.locator("#left a[href='#f-reason']").count()) === 1);
  check("the points stand as they are",
        (await judge.page.locator("input[name='points.0.points']").inputValue()) === "70");
  await judge.look("appeal-decision");
  await judge.reach("[name='reason.en']");
  await judge.page.keyboard.type("A page was overlooked.");
  await judge.reach("input[name='points.0.points']");
  await judge.page.keyboard.press("Control+A");
  await judge.page.keyboard.type("95");
  await judge.press(send);
  await judge.done("the appeal is decided");
  await other.go("cases/spring");
  check("an appeal that is right brings the place", /A page was overlooked/.test(await other.words()) &&
        (await other.page.locator("main form[action*='calls.answer_offer']").count()) > 0, await other.words());
  await other.look("case-appeal");
}

// --- Lots: a programme falls away, the list is settled, the number revealed -------------------------

async function draw(clerk, first, other) {
  await clerk.go("boards/winter");
  check("a run waits for the list to be settled", /Settle the list, so that/.test(await clerk.words()));
  check("nothing can be run before", (await clerk.page.locator("form[action*='calls.run_allocation']").count()) === 0);
  await clerk.press("main a[href*='/do/calls.set_aside']");
  await clerk.pick("#f-programme", "Power");
  await clerk.reach("[name='reason.en']");
  await clerk.page.keyboard.type("The department is closed.");
  await clerk.press(send);
  await clerk.done("a programme is set aside");
  await clerk.go("boards/winter");
  await clerk.look("board-settle");
  await clerk.press("main form[action*='calls.settle_list'] button");
  await clerk.done("the list is settled");
  check("now the number is missing", /number for the lots is not revealed/i.test(await clerk.words()),
        await clerk.words());
  await clerk.go("cases/winter/p-1");
  check("nothing is judged while lots are revealed",
        (await clerk.page.locator("form[action*='calls.judge_eligibility']").count()) === 0);
  await clerk.go("calls/winter");
  await clerk.look("call-settled");
  await clerk.press("main a[href*='/do/calls.reveal_lot']");
  await clerk.reach("[name=number]");
  await clerk.page.keyboard.type(number);
  await clerk.press(send);
  await clerk.done("the number is revealed");
  await clerk.go("boards/winter");
  await clerk.press("main form[action*='calls.run_allocation'] button");
  await clerk.done("lots decided");
  const said = [];
  for (const one of [first, other]) {
    await one.go("cases/winter");
    said.push(await one.words());
  }
  check("one got in by lot, the other is told so", said.filter((text) => /lot/i.test(text)).length > 0 &&
        said.filter((text) => /Answer|Accept/.test(text)).length === 1, said.join(" || "));
  await (/Accept/.test(said[0]) ? other : first).look("case-lot");
}

// --- The end: a second round, a report --------------------------------------------------------------

async function finish(clerk, other) {
  await clerk.go("boards/declined");
  await clerk.press("main form[action*='calls.run_allocation'] button");
  await clerk.done("a second round passes the place on");
  await other.go("cases/declined");
  await other.press("main form[action*='calls.answer_offer'] button");
  await other.done("who waited takes it");
  await clerk.go("boards/past");
  check("where nothing is free there is no further round",
        (await clerk.page.locator("form[action*='calls.run_allocation']").count()) === 0);
  await clerk.press("main form[action*='calls.conclude_call'] button");
  await clerk.done("the call is concluded");
  await clerk.go("calls/past");
  check("the report stands on the page", (await clerk.page.locator("#report").count()) === 1);
  await clerk.look("call-report");
}

// --- Rolling offers: kept, ranked, taken, declined ----------------------------------------------------

const answers = (label) => `main form[action*='calls.answer_offer'] button:text-is("${label}")`;

async function roll(first, second, third) {
  await first.go("cases/rolling");
  check("one can have several offers", (await first.page.locator(answers("Keep it and wait for better")).count()) === 3,
        await first.words());
  await first.look("rolling-case");
  await first.page.locator("main li", {hasText: "Chemistry"}).first().locator("form button").first().focus();
  await Promise.all([first.page.waitForNavigation(), first.page.keyboard.press("Enter")]);
  await first.done("an offer is kept");
  check("the others are given up", /Chemistry kept, waiting for better/.test(await first.words()) &&
        (await first.page.locator(answers("Keep it and wait for better")).count()) === 0, await first.words());
  await second.go("cases/rolling");
  check("what was given up went to the next at once",
        (await second.page.locator(answers("Take it for good")).count()) === 2, await second.words());
  check("it is said how far the list went", /in the run it was place 1/.test(await second.words()));
  // A ranking answers, without script too.
  await second.press("main a[href*='/do/calls.rank_offers']");
  if (second.script) await second.look("rolling-rank");
  await second.page.locator("#f-ranking-0").selectOption("history");
  await second.page.locator("#f-ranking-1").selectOption("energy");
  await second.page.locator("#f-ranking-2").selectOption("");
  await second.press(send);
  await second.done("the ranking is sent");
  check("it keeps the best and gives up the rest", /answers for you: History/.test(await second.words()) &&
        /History kept/.test(await second.words()) && /Power engineering given up/.test(await second.words()),
        await second.words());
  await third.go("cases/rolling");
  check("the chain reaches the last",
        (await third.page.locator(answers("Take it for good")).count()) === 1, await third.words());
  await third.press(answers("Take it for good"));
  await third.done("a place is taken for good");
  check("nothing more can be answered", (await third.page.locator("main form[action*='answer_offer']").count()) === 0);
  await first.go("cases/rolling");
  await first.press(answers("Decline"));
  await first.done("what was kept is declined");
  await first.go("calls/rolling");
  check("the lists are public", /Last called by now/.test(await first.words()) &&
        (await first.page.locator("section[aria-labelledby=lists] tbody tr").count()) === 3, await first.words());
  await first.look("rolling-call");
}

// --- The budget: citizens vote ------------------------------------------------------------------------

const cast = "main form[action*='calls.vote'] button";

async function vote(one) {
  const look = async (name) => one.script && one.look(name);
  await one.go("calls/parks");
  await look("budget-voting");
  check("totals are hidden while one votes", !/Effective support/.test(await one.words()), await one.words());
  await one.press("main a[href='/en/call-vote/parks']");
  check("it is said before that ballots are public", /Your ballot is public, your name is not/.test(await one.words()));
  await look("ballot-paper");
  for (const [field, points] of [["#p1", "6"], ["#p3", "5"]]) {
    await one.reach(field);
    await one.page.keyboard.type(points);
  }
  await one.press("#paper button[type=submit]");
  check("too many points are said", /1 point too many is given/.test(await one.words()), await one.words());
  check("nothing filled in is lost", (await one.page.locator("#p1").inputValue()) === "6");
  await look("ballot-fault");
  await one.page.locator("#p3").fill("3");
  await one.press("#paper button[type=submit]");
  check("what remains is shown", /1 point remains/.test(await one.words()), await one.words());
  await look("ballot-review");
  await one.press(cast);
  await one.done("the ballot is cast");
  check("the own ballot is filled in", (await one.page.locator("#p1").inputValue()) === "6" &&
        (await one.page.locator("#p3").inputValue()) === "3");
  check("it replaces the one before", /Your ballot is cast/.test(await one.words()));
}

async function read_project(one) {
  await one.go("call-projects/parks/p-2");
  check("a project is shown with its place", /55\.7500°/.test(await one.words()), await one.words());
  await one.look("project-voting");
}

async function main() {
  mkdirSync(screens, {recursive: true});
  const {at, stop} = await serveUnion(charterWith(staff), play, [...applicants, ...Object.keys(staff)]);
  const browser = await browse();
  try {
    const first = await person.arrive(browser, at, "p-1");
    await apply(first);
    await apply_without_script(await person.arrive(browser, at, "p-3", false));
    const clerk = await person.arrive(browser, at, "clerk");
    await judge(clerk);
    await assess(await person.arrive(browser, at, "expert"));
    await run(clerk);
    const second = await person.arrive(browser, at, "p-2");
    await roll(first, await person.arrive(browser, at, "p-2", false), await person.arrive(browser, at, "p-3"));
    await clerk.go("boards/rolling");
    await clerk.look("rolling-board");
    await answer(first, second);
    await settle_appeal(await person.arrive(browser, at, "judge"), second);
    await draw(clerk, first, second);
    await finish(clerk, second);
    await vote(first);
    await vote(await person.arrive(browser, at, "p-2", false));
    await read_project(first);
    await clerk.go("calls/spring");
    await clerk.look("call-result");
    await clerk.go("call-results/spring");
    await clerk.look("call-results");
    await clerk.go("calls");
    await clerk.look("calls");
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
