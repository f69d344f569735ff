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
  'Go to line': 'Перейти до рядка',
  go: 'перейти',
  Find: 'Знайти',
  Replace: 'Замінити',
  next: 'далі',
  previous: 'назад',
  all: 'усі',
  'match case': 'з урахуванням регістру',
  'by word': 'цілі слова',
  regexp: 'регулярний вираз',
  replace: 'замінити',
  'replace all': 'замінити все',
  close: 'закрити',
  'current match': 'поточний збіг',
  'replaced $ matches': 'замінено збігів: $',
  'replaced match on line $': 'замінено збіг у рядку $',
  'on line': 'у рядку',
  Completions: 'Підказки',
  Diagnostics: 'Зауваження',
  'No diagnostics': 'Зауважень немає',
};

/** The words for the page's language; English is what CodeMirror speaks itself. */
export function phrases(language: string) {
  return language === 'uk' ? uk : {};
}
