// Optimises all chunks of the program for size on the wire in as many threads as there are cores: node optimise.mjs FOLDER.
//
// One process a chunk would spend ten times as long on starting.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const here = fileURLToPath(import.meta.url);

if (isMainThread) {
  const folder = process.argv[2];
  // The big ones first, so that no thread is left with one at the end.
  const queue = readdirSync(folder)
    .filter((name) => name.endsWith('.wasm'))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(a).size - statSync(b).size);
  for (let n = Math.min(availableParallelism(), queue.length); n > 0; n--) {
    const worker = new Worker(here, { workerData: dirname(here) });
    worker.on('message', () => worker.postMessage(queue.pop() ?? null));
    worker.on('error', (error) => {
      throw error;
    });
  }
} else {
  // Names that are about to be dropped are nothing to be warned of.
  const say = console.error;
  console.warn = console.error = (text) => /^warning: unknown name subsection/.test(text) || say(text);
  const packages = join(workerData, '../../end2end/node_modules');
  const { default: binaryen } = await import(pathToFileURL(join(packages, 'binaryen/index.js')).href);
  // Programs travel packed. What shrinks them unpacked (inlining what has one caller, folding, shrinking passes) makes
  // them less alike, and by that longer when packed: of the first chunk 196 KB of brotli against 187.
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(0);
  binaryen.setAlwaysInlineMaxSize(0);
  binaryen.setFlexibleInlineMaxSize(0);
  binaryen.setOneCallerInlineMaxSize(0);
  binaryen.setDebugInfo(false);
  // What every browser of the supported ones runs, and rustc writes.
  const { MutableGlobals, SignExt, NontrappingFPToInt, BulkMemory, BulkMemoryOpt, ReferenceTypes, Multivalue } = binaryen.Features;
  const features = MutableGlobals | SignExt | NontrappingFPToInt | BulkMemory | BulkMemoryOpt | ReferenceTypes | Multivalue;
  parentPort.on('message', (file) => {
    if (file === null) return parentPort.close();
    const module = binaryen.readBinary(readFileSync(file));
    module.setFeatures(features);
    module.optimize();
    writeFileSync(file, module.emitBinary());
    module.dispose();
    parentPort.postMessage('next');
  });
  parentPort.postMessage('first');
}
