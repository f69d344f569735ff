// <code-editor>: CodeMirror as an element. The page gives it a text and hears what becomes of it; it knows nothing else.
//
// Attributes: `language` (css, json, template), `name` (what it is called), `keep` (under which name its undo outlives it).
// Properties: `value`, `disabled`, `findings` and `completions` (JSON texts, see below). Methods: `go(from, to)`.
// Events: `load` when it has taken over from its fallback, `input` when the text has changed.

import { Annotation, Compartment, EditorState, Transaction } from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { known, type Known } from './code/completion.ts';
import { extensions, history } from './code/setup.ts';
import { kept, keep } from './code/kept.ts';

export * from './code/shared.ts';

/** One entry of the property `findings`: places are in UTF-16 units. */
type Finding = { from: number; to?: number; text: string; warning: boolean };

/** From this length on the text is handed over when the typing pauses, because every reader of it reads all of it. */
const LONG = 16_384;
/** That pause, in milliseconds: longer than a held key takes to repeat, and short of the time in which a finding must show. */
const PAUSE = 60;

/** A change that came from outside, and is not told back. */
const foreign = Annotation.define<boolean>();

class CodeEditor extends HTMLElement {
  #view?: EditorView;
  #writable = new Compartment();
  #completions = new Compartment();
  #root = this.attachShadow({ mode: 'open' });
  /** The text that the page knows. */
  #known = '';
  #disabled = false;
  #findings: Finding[] = [];
  #words: Known[] = [];
  #pause?: ReturnType<typeof setTimeout>;

  connectedCallback() {
    // What was set before this class was there stands in the way of its accessors.
    for (const name of ['value', 'disabled', 'findings', 'completions'] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete (this as Partial<CodeEditor>)[name];
      (this as Record<string, unknown>)[name] = value;
    }
    const fallback = this.querySelector('textarea');
    const typing = fallback !== null && document.activeElement === fallback;
    const caret = typing ? [fallback.selectionStart, fallback.selectionEnd] : undefined;

    this.#view = new EditorView({ state: this.#state(), root: this.#root, parent: this.#root });
    // The browser's own event says that something is on its way; ours, that it is in the text.
    this.#root.addEventListener('input', (event) => event.stopPropagation());
    this.addEventListener('keydown', this.#beforeCommand, { capture: true });
    this.#view.contentDOM.addEventListener('blur', this.#tell);
    this.#show();
    if (caret) this.go(...(caret as [number, number]));
    this.dispatchEvent(new Event('load'));
  }

  disconnectedCallback() {
    this.#tell();
    clearTimeout(this.#pause);
    this.removeEventListener('keydown', this.#beforeCommand, { capture: true });
    const name = this.getAttribute('keep');
    if (this.#view && name) keep(name, this.#view.state.toJSON({ history }));
    this.#view?.destroy();
    this.#view = undefined;
  }

  get value() {
    return this.#view ? this.#view.state.doc.toString() : this.#known;
  }

  set value(text: string) {
    // The page repeats what it was told, maybe after more has been typed.
    if (text === this.#known) return;
    this.#known = text;
    const view = this.#view;
    if (view) replace(view, text);
  }

  get disabled() {
    return this.#disabled;
  }

  set disabled(disabled: boolean) {
    if (disabled === this.#disabled) return;
    this.#disabled = disabled;
    this.#view?.dispatch({ effects: this.#writable.reconfigure(writable(disabled)) });
  }

  set findings(json: string) {
    this.#findings = json ? JSON.parse(json) : [];
    this.#show();
  }

  get findings() {
    return JSON.stringify(this.#findings);
  }

  set completions(json: string) {
    this.#words = json ? JSON.parse(json) : [];
    this.#view?.dispatch({ effects: this.#completions.reconfigure(known.of(this.#words)) });
  }

  get completions() {
    return JSON.stringify(this.#words);
  }

  /** Selects a place, shows it and gives it the focus. */
  go(from: number, to = from) {
    const view = this.#view;
    if (!view) return;
    const inside = (at: number) => Math.min(at, view.state.doc.length);
    view.dispatch({
      selection: { anchor: inside(from), head: inside(to) },
      effects: EditorView.scrollIntoView(inside(from), { y: 'center' }),
    });
    view.focus();
  }

  override focus() {
    this.#view?.focus();
  }

  #state() {
    const language = this.getAttribute('language') ?? '';
    const setup = [
      extensions(language, this.getAttribute('name') ?? ''),
      this.#writable.of(writable(this.#disabled)),
      this.#completions.of(known.of(this.#words)),
      EditorView.updateListener.of((update) => this.#changed(update)),
    ];
    const old = kept(this.getAttribute('keep') ?? '');
    if (!old) return EditorState.create({ doc: this.#known, extensions: setup });
    const state = EditorState.fromJSON(old, { extensions: setup }, { history });
    const step = difference(state.doc.toString(), this.#known);
    return step ? state.update({ changes: step }).state : state;
  }

  #changed(update: ViewUpdate) {
    if (!update.docChanged || update.transactions.some((step) => step.annotation(foreign))) return;
    clearTimeout(this.#pause);
    if (update.state.doc.length < LONG) this.#tell();
    else this.#pause = setTimeout(this.#tell, PAUSE);
  }

  #tell = () => {
    clearTimeout(this.#pause);
    if (!this.#view) return;
    const text = this.value;
    if (text === this.#known) return;
    this.#known = text;
    this.dispatchEvent(new Event('input', { bubbles: true }));
  };

  /** Ctrl+S and the like are about the text as it stands. */
  #beforeCommand = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) this.#tell();
  };

  #show() {
    const view = this.#view;
    if (!view) return;
    const { doc } = view.state;
    const marks = this.#findings.map(({ from, to, text, warning }): Diagnostic => {
      const start = Math.min(from, doc.length);
      const word = view.state.wordAt(start);
      const end = Math.min(to ?? word?.to ?? start + 1, doc.length);
      return { from: start, to: Math.max(start, end), severity: warning ? 'warning' : 'error', message: text };
    });
    view.dispatch(setDiagnostics(view.state, marks));
  }
}

function writable(disabled: boolean) {
  // Read-only, but still a stop of the keyboard: what can be scrolled must be reachable.
  const attributes: Record<string, string> = disabled ? { 'aria-readonly': 'true' } : {};
  return [EditorState.readOnly.of(disabled), EditorView.contentAttributes.of(attributes)];
}

/** The one change that makes `after` of `before`, as small as its two ends allow. */
function difference(before: string, after: string) {
  if (before === after) return;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function replace(view: EditorView, text: string) {
  const changes = difference(view.state.doc.toString(), text);
  if (changes) view.dispatch({ changes, annotations: [foreign.of(true), Transaction.addToHistory.of(true)] });
}

if (!customElements.get('code-editor')) customElements.define('code-editor', CodeEditor);
