// What the editor's own file hands to the chunks that are fetched after it: the same classes, not copies of them.

export {
  ChangeSet,
  CharCategory,
  codePointAt,
  codePointSize,
  combineConfig,
  EditorSelection,
  EditorState,
  Facet,
  findClusterBreak,
  fromCodePoint,
  Prec,
  RangeSetBuilder,
  StateEffect,
  StateField,
} from '@codemirror/state';
export {
  Decoration,
  EditorView,
  getDialog,
  getPanel,
  keymap,
  runScopeHandlers,
  showDialog,
  showPanel,
  ViewPlugin,
} from '@codemirror/view';
