// The API as its description says: valid OpenAPI 3.1, and each example in it runs (requirement 20).
import {Validator} from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import {check, read} from "./lib.mjs";

const password = "veche-demo";

/// One checker of values for the whole document, so that its references resolve.
function checker(description) {
  const ajv = new Ajv({strict: false, validateFormats: true});
  formats(ajv);
  ajv.addSchema({...description, $id: "api"});
  return (pointer, value) => {
    const validate = ajv.getSchema(`api#${pointer}`) ?? ajv.compile({$ref: `api#${pointer}`});
    return validate(value) ? "" : ajv.errorsText(validate.errors).slice(0, 200);
  };
}

const escaped = (part) => part.replaceAll("~", "~0").replaceAll("/", "~1");

async function viewsAnswer(base, description, fault, cookieOf) {
  let answered = 0;
  let withLogin = 0;
  for (const [address, {get}] of Object.entries(description.paths)) {
    if (!address.startsWith("/api/ask/")) continue;
    const missing = get.parameters.filter((p) => p.required && p.example === undefined).map((p) => p.name);
    check(`${address}: what it must be asked with has an example`, missing.length === 0, missing);
    if (missing.length > 0) continue;
    const query = new URLSearchParams(get.parameters.filter((p) => p.example !== undefined)
                                          .map((p) => [p.name, String(p.example)]));
    const asker = get["x-asked-by"];
    const cookie = asker === undefined ? "" : await cookieOf(asker);
    if (cookie === undefined) continue;
    if (asker !== undefined) {
      const {status: open} = await read(base, `${address}?${query}`);
      check(`${address}: who is not ${asker} is not answered`, open >= 400, open);
      withLogin += 1;
    }
    const {status, text} = await read(base, `${address}?${query}`, cookie === "" ? {} : {cookie});
    check(`${address}?${query} answers`, status === 200, `${status} ${text.slice(0, 200)}`);
    if (status !== 200) continue;
    const wrong = fault(`/paths/${escaped(address)}/get/responses/200/content/application~1json/schema`,
                        JSON.parse(text));
    check(`${address}: the answer is as described`, wrong === "", wrong);
    answered += 1;
  }
  check("views that not everyone may read were asked", withLogin > 0, withLogin);
  return answered;
}

/// Cookies of those who acted, one login each.
function sessions(base) {
  const known = new Map();
  return async (person) => {
    if (!known.has(person)) {
      const answer = await fetch(`${base}/api/login`, {
        method: "POST", headers: {"content-type": "application/json"},
        body: JSON.stringify({login: person, password}),
      });
      known.set(person, answer.ok ? answer.headers.get("set-cookie").split(";")[0] : undefined);
    }
    return known.get(person);
  };
}

async function commandsRepeat(base, description, fault, cookieOf) {
  const count = {sent: 0, ordered: 0, noLogin: 0};
  for (const [address, {post}] of Object.entries(description.paths)) {
    if (!address.startsWith("/api/do/")) continue;
    const schema = `/paths/${escaped(address)}/post/requestBody/content/application~1json/schema`;
    const {schema: whole, examples = {}} = post.requestBody.content["application/json"];
    for (const ordered of whole.oneOf[0].properties.body.examples ?? []) {
      const wrong = fault(`${schema}/oneOf/0/properties/body`, ordered);
      check(`${address}: what a decision ordered is as described`, wrong === "", wrong);
      count.ordered += 1;
    }
    for (const [name, {summary, value}] of Object.entries(examples)) {
      const wrong = fault(schema, value);
      check(`${address}: the example is as described`, wrong === "", wrong);
      const cookie = value.line ? "" : await cookieOf(summary.match(/, by (\S+)\. /)[1]);
      if (cookie === undefined) {
        count.noLogin += 1;
        continue;
      }
      const answer = await fetch(base + address, {
        method: "POST", headers: {"content-type": "application/json", cookie}, body: JSON.stringify(value),
      });
      const receipt = await answer.json();
      check(`${address}: ${name} is answered as accepted before`,
            answer.status === 200 && receipt.repeated && `entry_${receipt.seq}` === name, JSON.stringify(receipt));
      count.sent += 1;
    }
  }
  return count;
}

export async function describing(base) {
  const {status, text} = await read(base, "/api/openapi.json");
  check("the description of the API is there", status === 200, status);
  const description = JSON.parse(text);
  const {valid, errors} = await new Validator().validate(structuredClone(description));
  check("it is valid OpenAPI 3.1", valid, JSON.stringify(errors)?.slice(0, 300));
  const fault = checker(description);
  const cookieOf = sessions(base);
  const before = (await read(base, "/journal/checkpoint")).text.split("\n")[1];
  const answered = await viewsAnswer(base, description, fault, cookieOf);
  const {sent, ordered, noLogin} = await commandsRepeat(base, description, fault, cookieOf);
  console.log(`${Math.round(text.length / 1024)} KiB describe the API; ${answered} views answered, ` +
              `${sent} commands sent again, ${ordered} ordered by decisions, ${noLogin} by persons without a login`);
  check("views were asked", answered > 40, answered);
  check("commands were sent again", sent > 40, sent);
  check("orders were checked", ordered > 5, ordered);
  const after = (await read(base, "/journal/checkpoint")).text.split("\n")[1];
  check("nothing was appended", before === after, `${before} ${after}`);
}
