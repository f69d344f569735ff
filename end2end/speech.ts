// The words by which journeys find things, in both languages: what the console says, read from its own tables.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'uk' | 'en';
export const languages = ['uk', 'en'] as const;

type Table = { ui: Record<string, string>; sections: Record<string, { title: string; one: string; fields?: Record<string, { label: string }> }> };

const tables = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(readFileSync(join(import.meta.dirname, '../app/words', `${language}.json`), 'utf8')) as Table,
  ]),
) as Record<Language, Table>;

/** A word of the interface; throws where there is none, so that a renamed key shows here. */
export function word(language: Language, key: string, params: Record<string, string> = {}): string {
  const text = tables[language].ui[key];
  if (typeof text !== 'string') throw new Error(`no word "${key}" in ${language}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `{${name}}`);
}

/** The title of a section. */
export const section = (language: Language, key: string) => tables[language].sections[key]!.title;

/** What one record of a section is called. */
export const one = (language: Language, key: string) => tables[language].sections[key]!.one;

/** The label of a field of a section. */
export const label = (language: Language, key: string, field: string) => tables[language].sections[key]!.fields![field]!.label;
