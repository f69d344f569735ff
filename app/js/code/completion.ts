// Completion of the names that the page says are known here: parts and variables of the panel, keys, placeholders.

import { insertCompletionText, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { Facet } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

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

/** Writes a name. A closing quote or brace that the editor has added behind the caret is part of it. */
function apply(view: EditorView, { label }: Completion, from: number, to: number) {
  const close = view.state.sliceDoc(to, to + 1);
  view.dispatch(insertCompletionText(view.state, label, from, /["}]/.test(close) && label.endsWith(close) ? to + 1 : to));
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
    const options = fit.map((name): Completion => ({ ...name, type, apply }));
    if (options.length) return { from: before.from, options };
  }
  return null;
}
