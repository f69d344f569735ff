// The look of editors: the console's own custom properties, which reach into the shadow and follow light and dark.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': {
    blockSize: '100%',
    minBlockSize: 'inherit',
    maxBlockSize: 'inherit',
    color: 'var(--text)',
    background: 'var(--surface)',
    borderRadius: 'var(--radius)',
    fontSize: 'var(--small-size)',
  },
  // The frame around the element shows the focus.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'var(--small-size) / var(--text-line) var(--font-code)', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--text)', paddingBlock: 'var(--s2)' },
  '.cm-content ::selection': { background: 'var(--selection)' },
  '.cm-gutters': { color: 'var(--muted)', background: 'var(--sunken)', borderInlineEnd: 'var(--hair) solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'transparent', boxShadow: 'inset 0 0 0 var(--hair) var(--line)' },
  '.cm-activeLineGutter': { color: 'var(--text)', background: 'var(--hover)' },
  '.cm-foldPlaceholder': { color: 'var(--muted)', background: 'var(--hover)', borderColor: 'var(--line)' },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--accent-soft)', outline: 'var(--hair) solid var(--accent-line)' },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'var(--bad-soft)' },
  '.cm-searchMatch': { background: 'var(--match)' },
  '.cm-searchMatch-selected': { background: 'var(--selection)' },
  '.cm-panels': { color: 'var(--text)', background: 'var(--sunken)', fontSize: 'var(--small-size)' },
  '.cm-panels-top': { borderBlockEnd: 'var(--hair) solid var(--line)' },
  '.cm-panel.cm-search': { padding: 'var(--s2) var(--s8) var(--s2) var(--s2)' },
  '.cm-panel.cm-search label': { fontSize: 'inherit' },
  '.cm-panel.cm-search [name=close]': { inset: 'var(--s1) var(--s1) auto auto', fontSize: '1.25rem', color: 'inherit' },
  '.cm-textfield': {
    minBlockSize: 'var(--control-small)',
    color: 'var(--text)',
    background: 'var(--surface)',
    border: 'var(--hair) solid var(--line-strong)',
    borderRadius: 'var(--radius-small)',
    fontSize: 'inherit',
  },
  '.cm-button': {
    minBlockSize: 'var(--control-small)',
    color: 'var(--text)',
    background: 'var(--surface)',
    border: 'var(--hair) solid var(--line-strong)',
    borderRadius: 'var(--radius-small)',
    fontSize: 'inherit',
  },
  '.cm-tooltip': {
    color: 'var(--text)',
    background: 'var(--float)',
    border: 'var(--hair) solid var(--line)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow)',
    fontSize: 'var(--small-size)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-code)', maxBlockSize: '14rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { paddingBlock: '2px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--on-accent)', background: 'var(--accent-fill)' },
  '.cm-completionDetail': { color: 'var(--muted)', fontFamily: 'var(--font)', fontStyle: 'normal' },
  '[aria-selected] > .cm-completionDetail': { color: 'inherit' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic': { borderInlineStart: '3px solid var(--bad)', padding: 'var(--s1) var(--s2)' },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warn)' },
  // Lines of our own colours instead of pictures: nothing is fetched, and both themes fit.
  '.cm-lintRange': { backgroundImage: 'none', paddingBlockEnd: '0', textDecoration: 'underline wavy 1px var(--bad)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--warn)' },
  '.cm-lintPoint::after': { borderBlockEndColor: 'var(--bad)' },
  '.cm-lintPoint-warning::after': { borderBlockEndColor: 'var(--warn)' },
  '.cm-gutter-lint': { inlineSize: '1.1em' },
  '.cm-lint-marker-error, .cm-lint-marker-warning': { content: 'none', blockSize: '0.7em', inlineSize: '0.7em', marginBlock: '0.35em' },
  '.cm-lint-marker-error': { background: 'var(--bad)' },
  '.cm-lint-marker-warning': { borderRadius: '50%', background: 'var(--warn)' },
  '.cm-swatch': {
    display: 'inline-block',
    inlineSize: '0.8em',
    blockSize: '0.8em',
    marginInlineEnd: '0.3em',
    verticalAlign: '-0.05em',
    border: 'var(--hair) solid var(--line-strong)',
    borderRadius: '2px',
  },
  '.cm-swatch-editable': { cursor: 'pointer' },
  '.cm-picker': { position: 'absolute', inset: '0 auto auto 0', inlineSize: '0', blockSize: '0', padding: '0', border: '0', opacity: '0' },
  '.cm-placeholder-name': { color: 'var(--accent)' },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--muted)' },
  { tag: [tags.className, tags.labelName, tags.tagName], color: 'var(--accent)' },
  { tag: [tags.keyword, tags.definitionKeyword, tags.operatorKeyword, tags.modifier], color: 'var(--info)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--ok)' },
  { tag: [tags.number, tags.unit, tags.color, tags.bool, tags.null, tags.atom], color: 'var(--warn)' },
  { tag: [tags.variableName, tags.constant(tags.className)], color: 'var(--info)' },
  { tag: tags.propertyName, color: 'var(--text)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

export const theme = [look, syntaxHighlighting(colours)];
