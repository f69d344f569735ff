// Completion of the names that the page says are known here: parts and variables of the panel, keys, placeholders.

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { Facet } from '@codemirror/state';

/** One entry of the property `completions`. Where it fits is told by how it begins, and in JSON by the key whose value it is. */
export type Known = { label: string; detail?: string; colour?: string; key?: string | null };

export const known = Facet.define<Known[], Known[]>({ combine: (lists) => lists.flat() });

/** How the names of each kind begin, and what of the line before the caret may be the beginning of one. */
const kinds: { begins: RegExp; typed: RegExp; type: string }[] = [
  { begins: /^\./, typed: /\.[\w-]*$/, type: 'class' },
  { begins: /^--/, typed: /-{1,2}[\w-]*$|(?<=var\()\w*$/, type: 'variable' },
  { begins: /^"/, typed: /"[\w-]*$/, type: 'property' },
  { begins: /^\{/, typed: /\{[\w.]*$/, type: 'variable' },
];

/** How much of the text before the caret is looked at for the key of a value. */
const NEAR = 4096;

/** The key whose value, or list of values, goes on at `at`; none where a key is typed. */
function keyAt({ state }: CompletionContext, at: number) {
  return /"([^"\\]*)"\s*:\s*(?:\[[^[\]{}]*)?$/.exec(state.sliceDoc(Math.max(0, at - NEAR), at))?.[1];
}

export function complete(context: CompletionContext): CompletionResult | null {
  const names = context.state.facet(known);
  for (const { begins, typed, type } of kinds) {
    const before = context.matchBefore(typed);
    if (!before) continue;
    const alike = names.filter(({ label }) => begins.test(label));
    const key = alike.some((name) => name.key) ? keyAt(context, before.from) : undefined;
    const values = alike.filter((name) => name.key && name.key === key);
    const fit = values.length ? values : alike.filter((name) => !name.key);
    const options = fit.map((name): Completion => ({ ...name, type }));
    // A closing quote or brace that the editor has added behind the caret is part of the name.
    const close = context.state.sliceDoc(context.pos, context.pos + 1);
    const to = options.some(({ label }) => label.endsWith(close)) && /["}]/.test(close) ? context.pos + 1 : context.pos;
    if (options.length) return { from: before.from, to, options };
  }
  return null;
}
