// Builds ../dist, which is part of the binary, from what lies here and from npm. With --check nothing
// is written: it fails, naming the files, when ../dist is not what would be built.
import { existsSync, readFileSync, readdirSync, writeFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { Resvg } from "@resvg/resvg-js";

const here = import.meta.dirname;
const dist = join(here, "../dist");
const sarabun = dirname(createRequire(import.meta.url).resolve("@fontsource/sarabun/package.json"));
const read = (path) => readFileSync(join(here, path));

/** A rule or statement a line, so that two changes can be merged; packing takes the spaces away. */
async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)], bundle: true, minifySyntax: true, minifyIdentifiers: true, write: false, charset: "utf8",
    target: ["chrome90", "firefox90", "safari14"], external: ["/assets/*"], legalComments: "none",
  });
  return Buffer.from(outputFiles[0].contents);
}

/** One file for all icons; each is a symbol under the name of its file. */
function sprite() {
  const symbols = readdirSync(join(here, "icons")).sort().map((file) => {
    const [, box, drawing] = read(`icons/${file}`).toString().match(/viewBox="([^"]+)">(.*)<\/svg>/s);
    return `<symbol id="${basename(file, ".svg")}" viewBox="${box}">${drawing}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

const picture = (path, width) => new Resvg(read(path), { fitTo: { mode: "width", value: width } }).render().asPng();

const built = new Map([
  ["sala.css", await bundled("css/sala.css")],
  ["sala.js", await bundled("js/sala.js")],
  ["icons.svg", sprite()],
  ["logo.svg", read("logo.svg")],
  ["icon.svg", read("icon.svg")],
  ["icon-192.png", picture("app-icon.svg", 192)],
  ["icon-512.png", picture("app-icon.svg", 512)],
  ["preview.png", picture("preview.svg", 1200)],
  ["OFL.txt", readFileSync(join(sarabun, "LICENSE"))],
]);
for (const script of ["thai", "latin"]) {
  for (const weight of [400, 700]) {
    const file = join(sarabun, `files/sarabun-${script}-${weight}-normal.woff2`);
    built.set(`sarabun-${script}-${weight}.woff2`, readFileSync(file));
  }
}

const path = (name) => join(dist, name);
const stale = [...built].filter(([name, bytes]) => !existsSync(path(name)) || !readFileSync(path(name)).equals(bytes));
const left = readdirSync(dist).filter((name) => !built.has(name));
const wrong = [...stale.map(([name]) => name), ...left];
if (process.argv.includes("--check")) {
  if (wrong.length) {
    console.error(`platform/web/dist is not current: ${wrong.join(", ")}. Run bin/assets`);
    process.exit(1);
  }
} else {
  stale.forEach(([name, bytes]) => writeFileSync(path(name), bytes));
  left.forEach((name) => rmSync(path(name)));
}
console.log(wrong.length ? `written: ${wrong.join(", ")}` : "platform/web/dist is current");
