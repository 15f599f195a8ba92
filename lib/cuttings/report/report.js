"use strict";
// The report's one script: the evidence browser and figures that enlarge. What stands in the data is
// text from a corpus: it is put on the page as text nodes alone, never as HTML.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const form = byId("browser");
const FIELDS = ["q", "finding", "voice", "target", "stance", "scorer", "from", "to", "genre", "outlet", "order", "view"];
const STANCES = { a: "against", n: "neutral", f: "for" };
const NAMES = { textblob: "TextBlob", vader: "VADER", afinn: "AFINN" };
const PAGE = 30;
const CONTEXT = 64;
const { sentences, items, voices, pages } = data;
const N = sentences.item.length;
const instruments = Object.keys(data.polarity);
const said = group(data.statements, (s) => s[0]);

let found = [];
let shown = 0;
let terms = [];

function group(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) || []), row]);
  return groups;
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter((c) => c !== "" && c != null));
  return element;
}

const many = (n, noun) => `${n.toLocaleString("en-GB")} ${noun}${n === 1 ? "" : "s"}`;
const signed = (thousandths) => (thousandths / 1000).toFixed(2).replace("-", "−");
const idOf = (s) => (sentences.id[s][0] === "\0" ? sentences.id[s].slice(1) : items.item_id[sentences.item[s]] + sentences.id[s]);
const plain = (text) => text.replace(/[‘’]/g, "'");

// ---- What is asked for

function query() {
  return Object.fromEntries(FIELDS.map((name) => [name, byId(name).value]));
}

function ask(values) {
  for (const name of FIELDS) {
    const field = byId(name);
    field.value = values[name] || "";
    if (field.selectedIndex === -1) field.selectedIndex = 0;
  }
  search();
}

function patterns(q, phrase) {
  const found = phrase ? [plain(q)] : [...plain(q).matchAll(/"([^"]+)"|“([^”]+)”|(\S+)/g)].map((m) => m[1] || m[2] || m[3]);
  return found
    .map((term) => [...term.matchAll(/[\p{L}\p{N}]+\*?/gu)].map((m) => m[0].replace("*", "[\\p{L}\\p{N}]*")))
    .filter((words) => words.length)
    .map((words) => new RegExp(`(?<![\\p{L}\\p{N}])${words.join("[^\\p{L}\\p{N}]+")}(?![\\p{L}\\p{N}])`, "giu"));
}

function spans(text) {
  const places = terms.flatMap((term) => [...plain(text).matchAll(term)].map((m) => [m.index, m.index + m[0].length]));
  return places.sort((a, b) => a[0] - b[0] || b[1] - a[1]).filter((p, i, all) => !all.slice(0, i).some((o) => p[0] < o[1]));
}

function members(name) {
  const places = new Set();
  for (const [first, count] of data.findings[name].at) for (let i = 0; i < count; i++) places.add(first + i);
  return places;
}

function takesSide(s, asked) {
  const scorer = Math.max(0, data.scorers.indexOf(asked.scorer));
  return (said.get(s) || []).some(
    ([, target, letters]) =>
      (!asked.target || data.targets[target][0] === asked.target) && (!asked.stance || letters[scorer] === asked.stance),
  );
}

function inYears(item, asked) {
  const [first, last] = [items.first[item], items.last[item]];
  if (!asked.from && !asked.to) return true;
  return first !== null && last >= Number(asked.from || 0) && first <= Number(asked.to || 9999);
}

function holds(s, asked, of) {
  const item = sentences.item[s];
  const voice = sentences.voice[s];
  return (
    (!of || of.has(s)) &&
    (!asked.voice || (voice >= 0 && voices.kind[voice] === asked.voice)) &&
    (!asked.genre || items.genre[item] === asked.genre) &&
    (!asked.outlet || pages.outlet[items.page[item]] === asked.outlet) &&
    inYears(item, asked) &&
    ((!asked.target && !asked.stance) || takesSide(s, asked)) &&
    (!terms.length || (sentences.text[s] !== null && terms.every((t) => plain(sentences.text[s]).search(t) >= 0)))
  );
}

function sorted(places, order) {
  const [how, instrument] = order.split(" ");
  if (how === "date") return places.sort((a, b) => when(a).localeCompare(when(b)) || a - b);
  if (how !== "low" && how !== "high") return places;
  const score = (s) => data.polarity[instrument][s] ?? 0;
  return places.sort((a, b) => (how === "low" ? score(a) - score(b) : score(b) - score(a)) || a - b);
}

const when = (s) => items.date[sentences.item[s]].replace(/[^\d]*/, "") || "~";

function search() {
  const asked = query();
  terms = patterns(asked.q, asked.view === "lines" && !/["“]/.test(asked.q));
  const of = asked.finding && data.findings[asked.finding] ? members(asked.finding) : null;
  found = [];
  for (let s = 0; s < N; s++) if (holds(s, asked, of)) found.push(s);
  found = sorted(found, asked.order);
  shown = 0;
  byId("hits").replaceChildren();
  byId("count").textContent = tally(asked);
  more();
}

function tally(asked) {
  const n = new Set(found.map((s) => sentences.item[s])).size;
  const parts = [`${many(found.length, "sentence")} in ${many(n, "item")}.`];
  const finding = asked.finding && data.findings[asked.finding];
  const of = finding && finding.by !== "sentences" ? ` of the ${finding.by}` : "";
  if (finding) parts.push(`Searched: the sentences${of} behind the finding's ${many(finding.rows, "row")}.`);
  const without = found.filter((s) => sentences.text[s] === null).length;
  if (without) parts.push(`The words of ${without === found.length ? "all" : many(without, "sentence")} are withheld: the rights of their pages do not let them be passed on.`);
  if (terms.length && sentences.text.includes(null)) parts.push("Only words that may be shown are searched.");
  if (asked.view === "lines" && !terms.length) parts.push("Type the words that the lines should have in the middle.");
  return parts.join(" ");
}

// ---- What is shown

function more() {
  const lines = byId("view").value === "lines";
  const next = found.slice(shown, shown + PAGE);
  shown += next.length;
  byId("more").hidden = shown >= found.length;
  if (next.length) (lines ? addLines : addSentences)(next);
}

function addSentences(places) {
  let list = byId("hits").querySelector("ol");
  if (!list) byId("hits").append((list = make("ol", { class: "hits" })));
  list.append(...places.map((s) => make("li", { "data-sentence": idOf(s) }, words(s), byline(s), scores(s))));
}

function words(s) {
  const text = sentences.text[s];
  if (text === null) return make("p", { class: "words withheld" }, "Words withheld.");
  return make("blockquote", { class: "words" }, ...marked(text));
}

function marked(text) {
  const out = [];
  let at = 0;
  for (const [start, end] of spans(text)) {
    out.push(text.slice(at, start), make("mark", null, text.slice(start, end)));
    at = end;
  }
  return [...out, text.slice(at)];
}

function speaker(s) {
  const v = sentences.voice[s];
  if (v < 0) return "voice not known";
  const kind = { writer: "the writer", speaker: "quoted", document: "a document" }[voices.kind[v]];
  const named = [voices.name[v], voices.role[v], voices.organisation[v]].filter(Boolean).join(", ");
  return named ? `${named} (${kind})` : kind;
}

function place(s) {
  const item = sentences.item[s];
  return [pages.outlet[items.page[item]], items.date[item] || "no date"].filter(Boolean).join(", ");
}

function opener(s) {
  const item = sentences.item[s];
  const button = make("button", { type: "button", class: "item" }, items.title[item] || items.item_id[item]);
  button.addEventListener("click", () => openItem(s));
  return button;
}

function byline(s) {
  return make("p", { class: "by" }, `${speaker(s)} · ${place(s)} · `, opener(s));
}

function scores(s) {
  const felt = instruments.filter((i) => data.polarity[i][s] !== null).map((i) => `${NAMES[i] || i} ${signed(data.polarity[i][s])}`);
  const scorer = Math.max(0, data.scorers.indexOf(byId("scorer").value));
  const sides = (said.get(s) || [])
    .filter(([, , letters]) => STANCES[letters[scorer]])
    .map(([, target, letters]) => make("span", { class: `side ${STANCES[letters[scorer]]}` }, `${data.targets[target][1]}: ${STANCES[letters[scorer]]}`));
  return make("p", { class: "scores" }, felt.join(" · "), ...sides);
}

function addLines(places) {
  let body = byId("hits").querySelector("tbody");
  if (!body) {
    body = make("tbody");
    const head = ["Before", "Words", "After", "Where"].map((name) => make("th", { scope: "col" }, name));
    const table = make("table", null, make("caption", null, "Concordance"), make("thead", null, make("tr", null, ...head)), body);
    byId("hits").append(make("div", { class: "lines", tabindex: "0", role: "region", "aria-label": "Concordance" }, table));
  }
  for (const s of places) {
    for (const [start, end] of sentences.text[s] === null ? [] : spans(sentences.text[s])) {
      const { before, node, after } = context(s, start, end);
      const cells = [before, make("mark", null, node), after].map((c, i) => make("td", { class: ["left", "node", "right"][i] }, c));
      body.append(make("tr", null, ...cells, make("td", { class: "where" }, opener(s), ` ${place(s)}`)));
    }
  }
}

function context(s, start, end) {
  const text = sentences.text[s];
  const near = (other) => (sentences.item[other] === sentences.item[s] && sentences.text[other]) || "";
  const before = `${near(s - 1)} ${text.slice(0, start)}`.slice(-CONTEXT).replace(/^\S*\s/, "");
  const after = `${text.slice(end)} ${near(s + 1)}`.slice(0, CONTEXT).replace(/\s\S*$/, "");
  return { before, node: text.slice(start, end), after };
}

function openItem(s) {
  const item = sentences.item[s];
  const page = items.page[item];
  const facts = [
    ["Item", items.item_id[item]],
    ["Outlet", pages.outlet[page]],
    ["Genre", items.genre[item]],
    ["Date", items.date[item] ? `${items.date[item]} (${items.date_basis[item]})` : "not known"],
    ["Page", pages.page_id[page]],
    ["SHA-256 of the page", pages.sha256[page]],
    ["Address", address(pages.url[page])],
    ["Rights", pages.rights[page] || "not stated"],
    ["This sentence", idOf(s)],
  ].filter(([, value]) => value);
  byId("item-title").textContent = items.title[item] || items.item_id[item];
  byId("item-body").replaceChildren(
    make("dl", null, ...facts.flatMap(([name, value]) => [make("dt", null, name), make("dd", null, value)])),
    ...(pages.open[page] ? paragraphs(item, s) : listed(item, s)),
  );
  byId("item").showModal();
  byId("item-body").querySelector("[aria-current]").scrollIntoView({ block: "center" });
}

function address(url) {
  return /^https?:\/\//i.test(url) ? make("a", { href: url, rel: "noreferrer" }, url) : url;
}

function ofItem(item) {
  const first = sentences.item.indexOf(item);
  return Array.from({ length: sentences.item.lastIndexOf(item) - first + 1 }, (_, i) => first + i);
}

function paragraphs(item, current) {
  const out = [];
  let voice = null;
  for (const s of ofItem(item)) {
    if (sentences.begins[s] || !out.length) out.push(make("p", { class: "text" }));
    const own = sentences.voice[s] < 0 || voices.kind[sentences.voice[s]] === "writer";
    const span = make("span", own ? null : { class: "said" }, sentences.text[s]);
    if (s === current) span.setAttribute("aria-current", "true");
    if (!own && sentences.voice[s] !== voice) out.at(-1).append(make("span", { class: "who" }, speaker(s)), " ");
    voice = sentences.voice[s];
    out.at(-1).append(span, " ");
  }
  return out;
}

function listed(item, current) {
  const rows = ofItem(item).map((s, i) => make("li", s === current ? { "aria-current": "true" } : null, speaker(s), scores(s)));
  return [make("p", { class: "withheld" }, "The words are withheld; these are its sentences in order."), make("ol", null, ...rows)];
}

// ---- Places within the page

function follow(hash) {
  const [anchor, rest] = hash.split("?");
  if (anchor !== "#evidence" || rest === undefined) return;
  const asked = Object.fromEntries(new URLSearchParams(rest));
  ask(asked);
  byId("evidence").scrollIntoView();
  const s = asked.sentence ? sentences.id.findIndex((_, i) => idOf(i) === asked.sentence) : -1;
  if (s >= 0) openItem(s);
}

function remember() {
  const asked = Object.entries(query()).filter(([name, value]) => value && byId(name).selectedIndex !== 0);
  history.replaceState(null, "", `#evidence?${new URLSearchParams(asked)}`);
}

// ---- Setting up

function fill(id, options) {
  byId(id).append(...options.map(([value, label]) => make("option", { value }, label)));
  byId(id).closest("p").hidden = options.length < (id === "scorer" ? 2 : 1);
}

function distinct(values) {
  return [...new Set(values)].filter((v) => v !== "" && v !== null).sort();
}

function setUp() {
  const same = (values) => values.map((v) => [v, v]);
  const years = [...items.first, ...items.last].filter((y) => y !== null);
  const span = years.length ? Array.from({ length: Math.max(...years) - Math.min(...years) + 1 }, (_, i) => Math.min(...years) + i) : [];
  fill("finding", Object.keys(data.findings).map((name) => [name, says(name)]));
  fill("voice", [["writer", "writers"], ["speaker", "people quoted"], ["document", "documents"]]);
  fill("target", data.targets);
  fill("scorer", same(data.scorers));
  fill("from", same(span));
  fill("to", same(span));
  fill("genre", same(distinct(items.genre)));
  fill("outlet", same(distinct(pages.outlet)));
  fill("order", instruments.flatMap((i) => [[`low ${i}`, `${NAMES[i] || i}, lowest first`], [`high ${i}`, `${NAMES[i] || i}, highest first`]]));
  if (!data.targets.length) byId("stance").closest("p").hidden = true;
  byId("held").textContent = held();
  byId("browser-off").hidden = true;
  form.hidden = false;
}

function held() {
  const n = sentences.text.filter((t) => t !== null).length;
  const part = items.item_id.length < data.n_items ? ` (drawn at random from the corpus's ${many(data.n_items, "item")}; all of them are in the run's tables)` : "";
  const words = n === N ? "with their words" : n ? `${many(n, "sentence")} with their words, the others without, as their pages' rights ask` : "without their words, as their pages' rights ask";
  return `This page holds ${many(N, "sentence")} of ${many(items.item_id.length, "item")}${part}, ${words}.`;
}

function says(name) {
  const row = document.querySelector(`.follow[data-finding="${CSS.escape(name)}"]`);
  return `${name.split("/")[0].slice(0, 2)} · ${row ? row.closest("li").querySelector(".says").textContent : name}`;
}

function enlargeable(image) {
  const button = make("button", { type: "button", class: "enlarge" }, "Enlarge", make("span", { class: "hidden" }, `: ${image.alt}`));
  const open = () => {
    byId("zoomed").replaceChildren(make("img", { src: image.src, alt: image.alt }));
    scale(0);
    byId("zoom").showModal();
  };
  button.addEventListener("click", open);
  image.addEventListener("click", open);
  image.closest(".plate").after(button);
}

let width = 100;
function scale(step) {
  width = step ? Math.min(800, Math.max(50, width * step)) : 100;
  byId("zoomed").firstChild.style.width = `${width}%`;
}

setUp();
search();
document.querySelectorAll("figure .plate img").forEach(enlargeable);
document.querySelectorAll("dialog .close").forEach((b) => b.addEventListener("click", () => b.closest("dialog").close()));
byId("larger").addEventListener("click", () => scale(1.5));
byId("smaller").addEventListener("click", () => scale(1 / 1.5));
byId("more").addEventListener("click", more);
let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => (search(), remember()), 150);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => (search(), remember())));
document.querySelectorAll(".follow").forEach((link) =>
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.pushState(null, "", `#evidence?${new URLSearchParams({ finding: link.dataset.finding })}`);
    follow(location.hash);
    byId("finding").focus({ preventScroll: true });
  }),
);
window.addEventListener("hashchange", () => follow(location.hash));
window.addEventListener("popstate", () => follow(location.hash));
if (matchMedia("(max-width: 67.99rem)").matches) document.querySelector("nav details").open = false;
follow(location.hash);
