// Find and replace: a chunk of its own, fetched when it is first asked for.

import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from '@codemirror/search';
import { EditorState, StateEffect } from '@codemirror/state';
import { type EditorView, type KeyBinding, keymap } from '@codemirror/view';

import { uk } from './find-words.ts';

const scope = 'editor search-panel';
const keys: KeyBinding[] = [
  { key: 'Mod-f', run: openSearchPanel, scope },
  { key: 'F3', run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: 'Mod-g', run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: 'Escape', run: closeSearchPanel, scope },
];

/** The editors that can find already. */
const able = new WeakSet<EditorView>();

export function open(view: EditorView) {
  if (!able.has(view)) {
    able.add(view);
    const words = document.documentElement.lang === 'uk' ? [EditorState.phrases.of(uk)] : [];
    view.dispatch({ effects: StateEffect.appendConfig.of([search({ top: true }), keymap.of(keys), words]) });
  }
  openSearchPanel(view);
}
