// Sets items as bibliographies: node citeproc.cjs REQUEST.json prints {style: {id: {entry, cited}}}.
// REQUEST holds `items` (CSL-JSON), `styles` {name: [path of the style, language]}, `locales` (a folder).
// `entry` is the entry of the bibliography; `cited` names paragraph 12 of the work, as a note or in brackets.
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
  const engine = new CSL.Engine(system, fs.readFileSync(style, "utf8"), language, true);
  engine.setOutputFormat("text");
  function one(id) {
    const place = { citationItems: [{ id, locator: "12", label: "paragraph" }], properties: { noteIndex: 1 } };
    engine.updateItems([id]);
    return {
      entry: engine.makeBibliography()[1].join("").trim(),
      cited: engine.previewCitationCluster(place, [], [], "text"),
    };
  }
  return Object.fromEntries(Object.keys(items).map((id) => [id, one(id)]));
}

const made = Object.entries(request.styles).map(([name, [style, language]]) => [name, set(style, language)]);
console.log(JSON.stringify(Object.fromEntries(made)));
