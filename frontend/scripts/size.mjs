// Fails when the board's first load is heavier than the budget: the entry and everything it reaches statically,
// plus the board's own route with all it reaches. One language is counted: a reader loads only theirs.
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
