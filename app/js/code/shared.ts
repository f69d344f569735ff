// What the editor's own file hands to the chunks that are fetched after it: the same classes, not copies of them.

export {
  ChangeSet,
  CharCategory,
  codePointAt,
  codePointSize,
  combineConfig,
  Compartment,
  EditorSelection,
  EditorState,
  Facet,
  findClusterBreak,
  fromCodePoint,
  Prec,
  RangeSet,
  RangeSetBuilder,
  StateEffect,
  StateField,
  Text,
} from '@codemirror/state';
export {
  Decoration,
  EditorView,
  getDialog,
  getPanel,
  gutter,
  GutterMarker,
  keymap,
  runScopeHandlers,
  showDialog,
  showPanel,
  ViewPlugin,
  WidgetType,
} from '@codemirror/view';
export { highlightingFor, language } from '@codemirror/language';
export { highlightTree } from '@lezer/highlight';
export { StyleModule } from 'style-mod';
export { extensions } from './setup.ts';
