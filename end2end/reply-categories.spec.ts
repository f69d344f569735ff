// The tree of quick-reply categories: moved by keyboard, by buttons and by pointer, never deeper than three levels.

import type { Page } from '@playwright/test';
import { axe, createOwner, expect, hydrated, noOverflow, reads, shot, signedOut, tabTo, test } from './fixture.ts';

test.use({ storageState: signedOut });

async function make(page: Page, url: string, section: string, value: object): Promise<number> {
  const answer = await page.request.post(`${url}/api/v1/settings/${section}`, { data: value });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).id;
}

/** The tree as it is read: names in order, indented by their depth. */
async function tree(page: Page, url: string): Promise<string[]> {
  const list = await (await page.request.get(`${url}/api/v1/settings/reply-categories`)).json();
  return list.rows.map((row: { name: string; depth: number }) => '·'.repeat(row.depth) + row.name);
}

test.beforeEach(async ({ page, fresh }) => {
  await createOwner(page, fresh.setupLink);
});

test('an empty tree says what it is for', async ({ page, fresh }) => {
  await page.goto(`${fresh.url}/settings/reply-categories`);
  await hydrated(page);
  await expect(page.getByText('Категорії впорядковують швидкі відповіді')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Нова категорія' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Інші дії' }).first()).toBeEnabled();
});

test('a branch is moved by keys, with its replies and the focus', async ({ page, fresh }) => {
  const ids: number[] = [];
  for (const name of ['Вітання', 'Оплата', 'Доставка']) ids.push(await make(page, fresh.url, 'reply-categories', { name: { uk: name }, order: ids.length + 1 }));
  const inside = await make(page, fresh.url, 'reply-categories', { name: { uk: 'Картка' }, parent: ids[1] });
  await make(page, fresh.url, 'replies', { title: 'Оплата карткою', text: { uk: 'Текст' }, category: inside });
  await page.goto(`${fresh.url}/settings/reply-categories`);
  await hydrated(page);
  await expect(page.getByRole('row', { name: /Оплата/ }).first()).toContainText('з гілкою 1');

  const handle = (name: string) => page.getByRole('button', { name: `Перетягнути: ${name}` });
  await handle('Оплата').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Оплата', '·Картка', 'Вітання', 'Доставка']);
  await expect(handle('Оплата')).toBeFocused();
  // Keys that come faster than the answers are all obeyed.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Вітання', 'Доставка', 'Оплата', '·Картка']);
  await expect(handle('Оплата')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Вітання', 'Доставка', '·Оплата', '··Картка']);
  await expect(page.getByRole('row', { name: /Доставка/ })).toContainText('з гілкою 1');
  // A fourth level is refused, in words, and nothing moves.
  await expect(handle('Доставка')).toBeEnabled();
  await handle('Доставка').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('Заглибоко: можна до 3 рівнів')).toBeVisible();
  expect(await tree(page, fresh.url)).toEqual(['Вітання', 'Доставка', '·Оплата', '··Картка']);
  // Undo takes the last move back.
  await handle('Оплата').focus();
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/rpc/commit'));
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Вітання', 'Доставка', 'Оплата', '·Картка']);
  // The notice of this move has come, not only its effect.
  await answered;
  await expect(handle('Оплата')).toBeFocused();
  await page.getByRole('button', { name: 'Скасувати' }).last().click();
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Вітання', 'Доставка', '·Оплата', '··Картка']);
  const reply = await (await page.request.get(`${fresh.url}/api/v1/settings/replies/1`)).json();
  expect(reply.value.category).toBe(inside);
});

test('a category is dragged before, into and behind another', async ({ page, fresh }) => {
  for (const [n, name] of ['Перша', 'Друга', 'Третя'].entries()) await make(page, fresh.url, 'reply-categories', { name: { uk: name }, order: n + 1 });
  await page.goto(`${fresh.url}/settings/reply-categories`);
  await hydrated(page);
  const drag = async (name: string, onto: string, part: number) => {
    const handle = page.getByRole('button', { name: `Перетягнути: ${name}` });
    await expect(handle).toBeEnabled();
    const from = (await handle.boundingBox())!;
    const to = (await page.getByRole('row', { name: new RegExp(onto) }).boundingBox())!;
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2, to.y + to.height * part, { steps: 5 });
    return page.getByRole('row', { name: new RegExp(onto) });
  };
  const onto = await drag('Третя', 'Перша', 0.1);
  await expect(onto).toHaveAttribute('data-drop', 'before');
  await page.mouse.up();
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Третя', 'Перша', 'Друга']);
  await expect(page.getByRole('row').nth(1)).toContainText('Третя');
  await expect(await drag('Друга', 'Третя', 0.5)).toHaveAttribute('data-drop', 'into');
  await page.mouse.up();
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Третя', '·Друга', 'Перша']);
  await expect(page.getByRole('row').nth(2)).toContainText('Друга');
  await expect(await drag('Третя', 'Друга', 0.5)).toHaveAttribute('data-drop', 'refused');
  await page.mouse.up();
  await expect(page.getByText('Категорія не може стояти всередині самої себе')).toBeVisible();
  await expect(await drag('Третя', 'Перша', 0.9)).toHaveAttribute('data-drop', 'after');
  await page.mouse.up();
  await expect.poll(() => tree(page, fresh.url)).toEqual(['Перша', 'Третя', '·Друга']);
  await page.setViewportSize({ width: 320, height: 800 });
  await noOverflow(page);
});

const name = (page: Page) => page.locator('#field-name-uk');
const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Збережено' }).first()).toBeVisible();

test('two people change a category, and an earlier version comes back', async ({ page, fresh, expectStatus }) => {
  const read = async () => (await (await page.request.get(`${fresh.url}/api/v1/settings/reply-categories/${id}`)).json()).value;
  const id = await make(page, fresh.url, 'reply-categories', { name: { uk: 'Оплата' } });
  await page.goto(`${fresh.url}/settings/reply-categories/${id}`);
  await hydrated(page);
  await name(page).fill('Оплата й повернення');
  const other = await page.request.patch(`${fresh.url}/api/v1/settings/reply-categories/${id}`, {
    headers: { 'if-match': '"r1"' },
    data: { colour: '#336699' },
  });
  expect(other.status()).toBe(200);
  expectStatus(409);
  await page.keyboard.press('Control+s');
  await expect.poll(read).toMatchObject({ name: { uk: 'Оплата й повернення' }, colour: '#336699' });

  await page.goto(`${fresh.url}/settings/reply-categories/${id}?view=history`);
  await hydrated(page);
  await page.getByRole('button', { name: 'Відновити' }).last().click();
  await expect.poll(async () => (await read()).name.uk).toBe('Оплата');
});

test('a category is made inside another with the keyboard alone', async ({ page, fresh }) => {
  await make(page, fresh.url, 'reply-categories', { name: { uk: 'Оплата' } });
  await page.goto(`${fresh.url}/settings/reply-categories`);
  await hydrated(page);
  await tabTo(page, page.getByRole('link', { name: 'Додати', exact: true }));
  await page.keyboard.press('Enter');
  await expect(name(page)).toBeVisible();
  await tabTo(page, name(page));
  await page.keyboard.insertText('Картка');
  await tabTo(page, page.getByRole('combobox', { name: /^Всередині/ }));
  await page.keyboard.insertText('Опл');
  await expect(page.getByRole('option', { name: /Оплата/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect(await tree(page, fresh.url)).toEqual(['Оплата', '·Картка']);
});

for (const language of ['uk', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the tree and its form fit, ${language} ${theme}`, async ({ page, fresh }) => {
      const id = await make(page, fresh.url, 'reply-categories', { name: { uk: 'Оплата', en: 'Payment' }, icon: 'credit-card', colour: '#2f6f4f' });
      await make(page, fresh.url, 'reply-categories', { name: { uk: 'Картка', en: 'Card' }, parent: id });
      await reads(page.context(), fresh.url, language, theme);
      for (const [view, path] of [['tree', ''], ['form', `/${id}`]] as const) {
        await page.goto(`${fresh.url}/settings/reply-categories${path}`);
        await hydrated(page);
        for (const width of [1440, 320]) {
          await page.setViewportSize({ width, height: 900 });
          await axe(page);
          await noOverflow(page);
          await shot(page, `reply-categories-${view}.${language}.${theme}.${width}`);
        }
      }
    });
  }
}
