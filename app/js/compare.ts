// <code-compare>: two style sheets side by side, with what differs marked and what doesn't folded away.
//
// Properties: `one` and `other`, the texts. Attributes: `before` and `after`, what they are called.

import { MergeView } from '@codemirror/merge';
import { EditorState, EditorView, extensions } from './code/shared.ts';

class CodeCompare extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });
  #view?: MergeView;
  #texts: [string, string] = ['', ''];

  connectedCallback() {
    // What was set before this class was there stands in the way of its accessors.
    for (const name of ['one', 'other'] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete (this as Partial<CodeCompare>)[name];
      this[name] = value;
    }
    this.#draw();
  }

  disconnectedCallback() {
    this.#view?.destroy();
    this.#view = undefined;
  }

  get one() {
    return this.#texts[0];
  }

  set one(text: string) {
    this.#texts[0] = text;
    this.#draw();
  }

  get other() {
    return this.#texts[1];
  }

  set other(text: string) {
    this.#texts[1] = text;
    this.#draw();
  }

  #draw() {
    if (!this.isConnected) return;
    this.#view?.destroy();
    const side = (doc: string, name: string) => ({
      doc,
      extensions: [
        extensions('css', this.getAttribute(name) ?? ''),
        EditorState.readOnly.of(true),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-readonly': 'true' }),
      ],
    });
    this.#view = new MergeView({
      a: side(this.#texts[0], 'before'),
      b: side(this.#texts[1], 'after'),
      root: this.#root,
      parent: this.#root,
      collapseUnchanged: { margin: 3, minSize: 8 },
      gutter: true,
    });
  }
}

if (!customElements.get('code-compare')) customElements.define('code-compare', CodeCompare);
