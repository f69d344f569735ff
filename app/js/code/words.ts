// CodeMirror's own words in Ukrainian. They come with the editor, so that no page without one carries them.

const uk: Record<string, string> = {
  'Control character': 'Керівний символ',
  'Selection deleted': 'Виділене видалено',
  'Folded lines': 'Згорнуто рядки',
  'Unfolded lines': 'Розгорнуто рядки',
  to: 'до',
  'folded code': 'згорнутий код',
  unfold: 'розгорнути',
  'Fold line': 'Згорнути рядок',
  'Unfold line': 'Розгорнути рядок',
  Completions: 'Підказки',
  Diagnostics: 'Зауваження',
  'No diagnostics': 'Зауважень немає',
};

/** The words for the page's language; English is what CodeMirror speaks itself. */
export function phrases(language: string) {
  return language === 'uk' ? uk : {};
}
