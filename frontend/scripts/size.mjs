// Fails when the board's first load is heavier than the budget: the entry and everything it reaches statically,
// plus the board's own route with all it reaches. One language is counted: a reader loads only theirs.
// Fails too when files of the build import each other in a circle, as they may when small ones are put together: then one
// of them runs before what it needs, and the page breaks.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = { js: 220_000, css: 45_000 };
const ROUTES = ["src/app/main.tsx", "src/features/board/board-page.tsx", "src/i18n/zh-Hans.ts"];

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const files = new Set();
const seen = new Set();

function reach(key) {
  if (seen.has(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk)
    throw new Error(`${key} is not in the manifest: the size check must be told what the board loads`);
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) reach(next);
}
for (const route of ROUTES) reach(route);

/** The files that are on the way to `key` again, or none. */
function circle(key, way = [], done = new Set()) {
  if (way.includes(key)) return way.slice(way.indexOf(key));
  if (done.has(key)) return [];
  for (const next of manifest[key].imports ?? []) {
    const found = circle(next, [...way, key], done);
    if (found.length) return found;
  }
  done.add(key);
  return [];
}
for (const key of Object.keys(manifest)) {
  const found = circle(key).map((one) => manifest[one].file);
  if (found.length) throw new Error(`these files import each other in a circle: ${found.join(", ")}`);
}

const weight = { js: 0, css: 0 };
for (const file of files) {
  const kind = file.endsWith(".css") ? "css" : "js";
  const gzipped = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  weight[kind] += gzipped;
  console.log(`${String((gzipped / 1000).toFixed(1)).padStart(8)} kB  ${file}`);
}
let over = false;
for (const kind of ["js", "css"]) {
  const fits = weight[kind] <= BUDGET[kind];
  over ||= !fits;
  console.log(
    `${kind}: ${(weight[kind] / 1000).toFixed(1)} kB gzip of ${BUDGET[kind] / 1000} kB${fits ? "" : " — over budget"}`,
  );
}
process.exit(over ? 1 : 0);
