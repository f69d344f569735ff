// CodeMirror's words for finding and replacing in Ukrainian: they come with what finds.

export const uk: Record<string, string> = {
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
};
