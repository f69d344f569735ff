// Makes public/built/: of the scripts in this folder the code editor and what it fetches only when asked for, and of
// style/editors.css the sheet that comes with editors.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
// The npm packages live with the browser tests, so that there is one lock file.
const packages = join(here, '../../end2end/node_modules');
const { build } = await import(pathToFileURL(join(packages, 'esbuild/lib/main.js')).href);

const common = {
  bundle: true,
  minify: true,
  metafile: true,
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari16.4'],
  outdir: join(here, '../../public/built'),
  absWorkingDir: here,
  nodePaths: [packages],
  logLevel: 'warning',
};

/** Leaves an import to the browser: what is fetched later takes from the editor's file what that has already. */
const apart = (filter, path) => ({
  name: 'apart',
  setup: ({ onResolve }) => onResolve({ filter }, () => ({ path, external: true })),
});

const editor = await build({
  ...common,
  entryPoints: ['code-editor.ts'],
  plugins: [apart(/\/find\.ts$/, './find.js')],
});
await build({ ...common, entryPoints: { editors: '../../style/editors.css' } });
await build({
  ...common,
  entryPoints: { find: 'code/find.ts', compare: 'compare.ts' },
  plugins: [
    apart(/^@codemirror\/(state|view|language)$|^@lezer\/highlight$|^style-mod$|\/shared\.ts$/, './code-editor.js'),
  ],
});

// A name that the editor's file does not hand over would be missed only when someone searches or compares.
const given = Object.values(editor.metafile.outputs)[0].exports;
for (const file of ['find.js', 'compare.js']) {
  const text = readFileSync(join(common.outdir, file), 'utf8');
  for (const [, names] of text.matchAll(/import\{([^}]*)\}from"\.\/code-editor\.js"/g)) {
    for (const name of names.split(',').map((name) => name.split(' as ')[0])) {
      if (!given.includes(name)) throw new Error(`code/shared.ts does not export ${name}`);
    }
  }
}
