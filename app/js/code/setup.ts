// What an editor of each language is made of.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history as undo, historyField, historyKeymap, indentWithTab } from '@codemirror/commands';
import { css, cssLanguage } from '@codemirror/lang-css';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, nextDiagnostic, previousDiagnostic } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { complete } from './completion.ts';
import { swatches } from './swatches.ts';
import { template } from './template.ts';
import { theme } from './theme.ts';
import { phrases } from './words.ts';

/** The field of a state that holds what can be undone, under the name by which it is kept. */
export const history = historyField;

export function extensions(language: string, name: string): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    undo(),
    foldGutter(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    // Escape, then Tab leaves the editor: CodeMirror's own rule for whoever has no pointer.
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
      { key: 'Mod-f', run: find },
      indentWithTab,
    ]),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    EditorState.phrases.of(phrases(document.documentElement.lang)),
    EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
    // A pane is often narrower than a line; and a line beyond the edge makes the browser lay out all of them at each key.
    EditorView.lineWrapping,
    languageOf(language),
    theme,
  ];
}

/** Fetches what finds; from then on its own keys come first. */
function find(view: EditorView) {
  void import('./find.ts').then(({ open }) => open(view));
  return true;
}

function languageOf(language: string): Extension {
  switch (language) {
    case 'css':
      return [css(), cssLanguage.data.of({ autocomplete: complete }), swatches];
    case 'json':
      return [json(), EditorState.languageData.of(() => [{ autocomplete: complete }])];
    case 'template':
      return [template, EditorState.languageData.of(() => [{ autocomplete: complete }])];
    default:
      return [];
  }
}
