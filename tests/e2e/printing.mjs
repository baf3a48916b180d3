// Print (requirement 19): five kinds of pages as PDF, read back with pdftotext. The text and the
// numbering are compared rather than pictures, which differ with every version of a browser's fonts.
import {execFileSync} from "node:child_process";
import path from "node:path";
import {check, linksOf, read} from "./lib.mjs";

const textOf = (file) => execFileSync("pdftotext", ["-layout", file, "-"]).toString();
const pagesIn = (file) => Number(execFileSync("pdfinfo", [file]).toString().match(/Pages:\s+(\d+)/)[1]);

async function kinds(base) {
  const first = async (list, pattern) => linksOf((await read(base, `/en/${list}`)).text).find((l) => pattern.test(l));
  return [
    [await first("decisions", /\/decisions\/\d{4}-\d+$/), /Decision (\d{4}-\d+)/],
    [await first("", /\/votes\/[^/]+$/), /Council of Ministers/],
    [await first("sessions", /\/sessions\/[^/]+$/), /Agenda/],
    ["/en/programme", /What is due and late/],
    ["/en/late", /days late/],
    ["/en/journal/5", /entry 5|Entry 5/],
  ];
}

export async function printing(browser, base, folder) {
  const page = await browser.newPage();
  const menus = ["Skip to the content", "Sign in", "Check it yourself\n", "Русский", "Interface for programs",
                 "Download CSV", "All spheres"];
  for (const [address, words] of await kinds(base)) {
    await page.goto(base + address);
    const root = (await page.content()).match(/class="mono">([\w+/]{43}=)</)?.[1] ?? "no root";
    const file = path.join(folder, `print-${address.replace(/\W+/g, "-")}.pdf`);
    await page.pdf({path: file, preferCSSPageSize: true, printBackground: false});
    const text = textOf(file);
    const pages = pagesIn(file);
    check(`${address} prints what it is about`, words.test(text), text.slice(0, 200));
    for (const menu of menus) check(`${address} prints without "${menu.trim()}"`, !text.includes(menu));
    const together = text.replace(/\s+/g, "");
    check(`${address} prints its address`, together.includes((base + address).replace(/\s+/g, "")));
    check(`${address} prints the time`, /Printed on .*\d{4}, \d{1,2}:\d{2}/.test(text));
    check(`${address} prints the hash of the record`, together.includes(root), root);
    const numbers = [...text.matchAll(/^\s{20,}(\d+) ?\/ ?(\d+)$/gm)].map((m) => `${m[1]}/${m[2]}`);
    const wanted = Array.from({length: pages}, (_, i) => `${i + 1}/${pages}`);
    check(`${address} numbers its ${pages} pages`, numbers.join(" ") === wanted.join(" "), numbers.join(" "));
  }
  await page.close();
}
