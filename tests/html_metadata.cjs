// What a scraper of page metadata reads: node html_metadata.cjs PAGE… prints one object a page.
"use strict";
const fs = require("fs");
const metadata = require("html-metadata");

Promise.all(process.argv.slice(2).map((page) => metadata.loadFromString(fs.readFileSync(page, "utf8"))))
  .then((found) => console.log(JSON.stringify(found)));
