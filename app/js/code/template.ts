// Templates: text with {placeholders}, which are all that is coloured.

import { Decoration, MatchDecorator, ViewPlugin, type ViewUpdate, type EditorView } from '@codemirror/view';

const places = new MatchDecorator({
  regexp: /\{[^{}\n]*\}/g,
  decoration: Decoration.mark({ class: 'cm-placeholder-name' }),
});

export const template = ViewPlugin.define(
  (view: EditorView) => ({
    marks: places.createDeco(view),
    update(update: ViewUpdate) {
      this.marks = places.updateDeco(update, this.marks);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);
