// Sets items as bibliographies: node citeproc.cjs REQUEST.json prints {style: {id: {entry, whole, cited}}}.
// REQUEST holds `items` (CSL-JSON), `styles` {name: [path of the style, language]}, `locales` (a folder), and
// `placed`, the ids of the works of which a paragraph is cited.
// `entry` is the entry of the bibliography; `italics` are its words in italics; `whole` cites the work as a note or in brackets; `cited` names
// paragraph 12 of it.
"use strict";
const fs = require("fs");
const path = require("path");
const CSL = require("citeproc");

const request = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const items = Object.fromEntries(request.items.map((item) => [item.id, item]));

function locale(language) {
  const names = [language, "en-US"].map((name) => path.join(request.locales, `locales-${name}.xml`));
  return fs.readFileSync(names.find((name) => fs.existsSync(name)), "utf8");
}

function set(style, language) {
  const system = { retrieveLocale: locale, retrieveItem: (id) => structuredClone(items[id]) };
  // A bibliography of one work is in no order; the rules of the order take a quarter of the time.
  const rules = fs.readFileSync(style, "utf8").replace(/<sort\b.*?<\/sort>/gs, "");
  const engine = new CSL.Engine(system, rules, language, true);
  engine.setOutputFormat("text");
  function one(id) {
    const cite = (place) => {
      const citation = { citationItems: [{ id, ...place }], properties: { noteIndex: 1 } };
      return engine.previewCitationCluster(citation, [], [], "text");
    };
    engine.updateItems([id]);
    engine.setOutputFormat("html");
    const html = engine.makeBibliography()[1].join("");
    engine.setOutputFormat("text");
    return {
      italics: [...html.matchAll(/<i>(.*?)<\/i>/g)].map((found) => found[1].replace(/<[^>]*>/g, "")),
      entry: engine.makeBibliography()[1].join("").trim(),
      whole: cite({}),
      cited: request.placed.includes(id) ? cite({ locator: "12", label: "paragraph" }) : "",
    };
  }
  // equal works are formatted once
  const known = new Map();
  function result(id) {
    const content = JSON.stringify({ ...items[id], id: "" });
    if (!known.has(content)) known.set(content, one(id));
    return known.get(content);
  }
  return Object.fromEntries(Object.keys(items).map((id) => [id, result(id)]));
}

const made = Object.entries(request.styles).map(([name, [style, language]]) => [name, set(style, language)]);
console.log(JSON.stringify(Object.fromEntries(made)));
