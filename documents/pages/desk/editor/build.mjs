// Bundles the editor into one file, the same bytes every time. `node build.mjs [FILE]`; without FILE, where the desk serves it.
import { build } from "esbuild"
import { fileURLToPath } from "node:url"
import { dirname, resolve } from "node:path"

const here = dirname(fileURLToPath(import.meta.url))
await build({
  absWorkingDir: here,
  entryPoints: ["main.js"],
  outfile: process.argv[2] || resolve(here, "../../../static/documents/desk/editor.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2019"],
  charset: "utf8",
  banner: { js: "/* Kodeks, EUPL-1.2. Contains ProseMirror, orderedmap, rope-sequence, w3c-keyname: MIT, (c) Marijn Haverbeke and others. Made by documents/pages/desk/editor. */" },
  legalComments: "none",
})
