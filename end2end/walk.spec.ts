// One walk over all pages: both languages, both themes, narrow and wide. Accessible, fitting, translated, without a complaint.

import type { Page } from '@playwright/test';
import { axe, expect, hydrated, noOverflow, reads, shot, test } from './fixture.ts';

const pages = [
  '/sign-in',
  '/settings',
  '/settings/tags',
  '/settings/tags/new',
  '/settings/reply-categories',
  '/settings/replies',
  '/settings/replies/new',
  '/settings/user-fields',
  '/settings/client-fields',
  '/settings/client-card',
  '/settings/timers',
  '/settings/styles',
  '/settings/hotkeys',
  '/settings/files',
  '/settings/users',
  '/settings/roles',
  '/settings/instance',
  '/changes',
  '/access/keys',
  '/account',
  '/account/replies',
  '/account/replies/new',
];

for (const language of ['uk', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`${language} ${theme}`, () => {
      // What the reader chose wins over what the system prefers.
      test.use({ colorScheme: theme === 'dark' ? 'light' : 'dark' });

      for (const path of pages) {
        test(path, async ({ page, context, pult }) => {
          if (path === '/sign-in') await context.clearCookies();
          await reads(context, pult.url, language, theme);

          const answer = await page.goto(path);
          expect(answer?.status()).toBe(200);
          expect(new URL(page.url()).pathname).toBe(path);
          await hydrated(page);

          const html = page.locator('html');
          await expect.soft(html).toHaveAttribute('lang', language);
          await expect.soft(html).toHaveCSS('color-scheme', theme);
          await expect.soft(page.getByRole('heading', { level: 1 })).toHaveCount(1);
          if (language === 'en') expect.soft(await cyrillic(page), 'left untranslated').toEqual([]);

          for (const width of [1440, 320]) {
            await page.setViewportSize({ width, height: 900 });
            await axe(page);
            await noOverflow(page);
            await shot(page, `${path.slice(1).replaceAll('/', '-')}.${language}.${theme}.${width}`);
          }
        });
      }
    });
  }
}

/** Cyrillic texts of a page, also those only heard, but not those marked as Ukrainian by `lang`. */
function cyrillic(page: Page) {
  return page.evaluate(() => {
    const found: string[] = [document.title];
    for (const element of document.querySelectorAll('body, body *')) {
      if (element.closest('[lang|=uk], script, style, template')) continue;
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
        found.push(element.getAttribute(name) ?? '');
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '');
      }
    }
    return found.map((text) => text.trim()).filter((text) => /\p{Script=Cyrillic}/u.test(text));
  });
}
