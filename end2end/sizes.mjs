// Prints what the built site weighs, as files and as brotli sends them.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const site = join(import.meta.dirname, '../target/release-site');
const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
/** @type {Map<string, { files: number, raw: number, brotli: number }>} */
const kinds = new Map();

for (const entry of readdirSync(site, { recursive: true, encoding: 'utf8' })) {
  const kind = kindOf(entry);
  if (!kind) continue;
  const bytes = readFileSync(join(site, entry));
  const sum = kinds.get(kind) ?? { files: 0, raw: 0, brotli: 0 };
  kinds.set(kind, {
    files: sum.files + 1,
    raw: sum.raw + bytes.length,
    brotli: sum.brotli + brotliCompressSync(bytes, best).length,
  });
}

console.log(`${'release'.padEnd(12)}${'files'.padStart(6)}${'KiB'.padStart(10)}${'brotli'.padStart(10)}`);
for (const [kind, { files, raw, brotli }] of [...kinds].sort()) {
  console.log(kind.padEnd(12) + String(files).padStart(6) + kib(raw) + kib(brotli));
}

/** @param {string} path */
function kindOf(path) {
  const extension = extname(path).slice(1);
  if (!['wasm', 'js', 'css'].includes(extension)) return;
  if (extension === 'wasm') return basename(path).startsWith('pult') ? 'wasm main' : 'wasm chunks';
  return extension;
}

/** @param {number} bytes */
function kib(bytes) {
  return (bytes / 1024).toFixed(1).padStart(10);
}
