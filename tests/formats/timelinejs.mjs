// What TimelineJS 3 makes of its own JSON: each line of input is a timeline; it is drawn in a page without a screen.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { JSDOM, VirtualConsole } from "jsdom";

const bundle = new URL("../node_modules/@knight-lab/timelinejs/dist/js/timeline.js", import.meta.url);
const said = [];
const virtualConsole = new VirtualConsole();
for (const kind of ["jsdomError", "error", "warn"]) virtualConsole.on(kind, (...words) => said.push(words.join(" ")));

const { window } = new JSDOM("<!doctype html><body></body>", {
  runScripts: "outside-only",
  pretendToBeVisual: true,
  url: "https://page.example/",
  virtualConsole,
});
window.matchMedia = () => ({ matches: false }); // which jsdom lacks
window.eval(readFileSync(bundle, "utf8"));
const { document, TL } = window;

const textOf = (element, selector) => element.querySelector(selector)?.textContent ?? null;
const hrefsOf = (element) => [...element.querySelectorAll("a")].map((each) => each.getAttribute("href"));

// Everything that could run, or that none of our pages has.
function harm(element) {
  const found = [...element.querySelectorAll("script, object, embed, form, input, base, meta, link, style, svg, math")];
  for (const each of element.querySelectorAll("*")) {
    for (const { name, value } of each.attributes) {
      if (name.startsWith("on") || /^\s*(javascript|data|vbscript):/i.test(value)) found.push(each);
    }
  }
  return found.map((each) => each.outerHTML);
}

function media(data, language) {
  const type = TL.lookupMediaType(data);
  const drawn = new type.cls({ ...data }, { media_name: type.name, autolink: false }, language);
  drawn._loadMedia();
  const box = drawn._el.container;
  return {
    type: type.type,
    text: textOf(box, ".tl-media-item"),
    caption: textOf(box, ".tl-caption"),
    credit: textOf(box, ".tl-credit"),
    hrefs: hrefsOf(box),
    harm: harm(box),
  };
}

function slide(element, event, language) {
  return {
    id: event.unique_id,
    start: event.start_date?.data.date_obj.toString(),
    end: event.end_date?.data.date_obj.toString() ?? null,
    backwards: event.end_date ? event.end_date.isBefore(event.start_date) : false,
    valid: [event.start_date, event.end_date].every((date) => !date || !Number.isNaN(date.getTime())),
    date: textOf(element, ".tl-headline-date"),
    headline: textOf(element, ".tl-headline"),
    text: textOf(element, ".tl-text-content"),
    hrefs: hrefsOf(element.querySelector(".tl-text")),
    media: event.media ? media(event.media, language) : null,
  };
}

async function drawn(data) {
  const box = document.body.appendChild(document.createElement("div"));
  box.id = "timeline";
  const timeline = new TL.Timeline(box.id, data, { language: "en" });
  const isDrawn = () => [".tl-slide", ".tl-timemarker"].every((each) => box.querySelector(each));
  for (let waited = 0; !isDrawn() && waited < 5000; waited += 5) await new Promise((go) => setTimeout(go, 5));
  const { config, language } = timeline;
  const answer = {
    errors: config.messages.errors.map(String),
    warnings: config.messages.warnings.map(String),
    title: textOf(box, ".tl-slide-titleslide"),
    slides: config.events.map((event) => slide(document.getElementById(event.unique_id), event, language)),
    groups: [...box.querySelectorAll(".tl-timegroup-message")].map((each) => each.textContent),
    marks: [...box.querySelectorAll(".tl-timemarker-text .tl-headline")].map((each) => each.textContent),
    harm: harm(box),
    said: said.splice(0),
  };
  box.remove();
  return answer;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await drawn(JSON.parse(line))));
}
