// A small square before each colour of a style sheet, in that colour; clicked, it opens the browser's picker.

import { syntaxTree } from '@codemirror/language';
import { type EditorState, type Range } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view';
import { known } from './completion.ts';

const svg = 'http://www.w3.org/2000/svg';

class Swatch extends WidgetType {
  constructor(
    readonly colour: string,
    readonly editable: boolean,
  ) {
    super();
  }

  override eq(other: Swatch) {
    return other.colour === this.colour && other.editable === this.editable;
  }

  override toDOM() {
    // The colour is an attribute and no style: the policy refuses styles, also those of copies that an editor makes.
    const square = document.createElementNS(svg, 'svg');
    square.setAttribute('class', this.editable ? 'cm-swatch cm-swatch-editable' : 'cm-swatch');
    square.setAttribute('aria-hidden', 'true');
    const paint = document.createElementNS(svg, 'rect');
    for (const [name, value] of [['width', '100%'], ['height', '100%'], ['fill', this.colour]] as const) {
      paint.setAttribute(name, value);
    }
    square.append(paint);
    // CodeMirror's own type asks for an element of HTML, and uses nothing of it that one of SVG lacks.
    return square as unknown as HTMLElement;
  }

  override ignoreEvent() {
    return false;
  }
}

/** The colours in sight. Of a variable the page says which colour it has. */
function colours(view: EditorView): DecorationSet {
  const { state } = view;
  const found: Range<Decoration>[] = [];
  const add = (at: number, colour: string, editable: boolean) =>
    found.push(Decoration.widget({ widget: new Swatch(colour, editable), side: -1 }).range(at));
  const variables = new Map(state.facet(known).map(({ label, colour }) => [label, colour]));
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter: ({ name, from, to }) => {
        if (name === 'ColorLiteral') add(from, state.sliceDoc(from, to), hex(state, from, to) !== undefined);
        if (name === 'VariableName') {
          const colour = variables.get(state.sliceDoc(from, to));
          if (colour) add(from, colour, false);
        }
        if (name === 'CallExpression') {
          const text = state.sliceDoc(from, Math.min(to, from + 64));
          if (/^(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^)]*\)$/.test(text)) add(from, text, false);
        }
      },
    });
  }
  return Decoration.set(found, true);
}

/** The six digits that the browser's picker understands. */
function hex(state: EditorState, from: number, to: number) {
  const text = state.sliceDoc(from, to);
  if (/^#[\da-f]{6}$/i.test(text)) return text;
  return /^#[\da-f]{3}$/i.test(text) ? text.replaceAll(/[\da-f]/gi, '$&$&') : undefined;
}

function pick(view: EditorView, at: number) {
  const node = syntaxTree(view.state).resolveInner(at, 1);
  const colour = node.name === 'ColorLiteral' && hex(view.state, node.from, node.to);
  if (!colour || view.state.readOnly) return false;
  const input = document.createElement('input');
  input.type = 'color';
  input.value = colour;
  input.className = 'cm-picker';
  // It opens where it stands.
  const place = view.coordsAtPos(at);
  const frame = view.dom.getBoundingClientRect();
  if (place) input.style.translate = `${place.left - frame.left}px ${place.bottom - frame.top}px`;
  view.dom.append(input);
  let end = node.to;
  input.addEventListener('input', () => {
    view.dispatch({ changes: { from: node.from, to: end, insert: input.value }, userEvent: 'input' });
    end = node.from + input.value.length;
  });
  input.addEventListener('change', () => input.remove());
  input.addEventListener('blur', () => input.remove());
  input.showPicker();
  return true;
}

export const swatches = ViewPlugin.fromClass(
  class {
    colours: DecorationSet;

    constructor(view: EditorView) {
      this.colours = colours(view);
    }

    update(update: ViewUpdate) {
      const grown = syntaxTree(update.startState) !== syntaxTree(update.state);
      const told = update.startState.facet(known) !== update.state.facet(known);
      if (update.docChanged || update.viewportChanged || grown || told) this.colours = colours(update.view);
    }
  },
  {
    decorations: (plugin) => plugin.colours,
    eventHandlers: {
      mousedown: (event, view) => {
        const square = (event.target as Element).closest('.cm-swatch-editable');
        return square !== null && pick(view, view.posAtDOM(square));
      },
    },
  },
);
