// The global style sheet: tokens and CSS over one value, seen in the sample before anything is saved, published, brought back.

import type { Page } from '@playwright/test';
import { axe, createOwner, expect, hydrated, noOverflow, reads, shot, signedOut, signIn, tabTo, test, type Pult } from './fixture.ts';
import { word } from './speech.ts';

const address = '/settings/styles';
const rule = '.op-head__name { color: rgb(1, 2, 3); }';

const tab = (page: Page, name: string) => page.getByRole('tab', { name });
const text = (page: Page) => page.getByRole('textbox', { name: 'CSS' });
const overdue = (page: Page) => page.locator('[id="field-light-overdue"]');
const problems = (page: Page) => page.locator('.code__problem');
const sample = (page: Page) => page.frameLocator('iframe.sample__frame');
const head = (page: Page) => sample(page).locator('.op-head__name');

test.use({ storageState: signedOut });

test.beforeEach(async ({ page, fresh }) => {
  await createOwner(page, fresh.setupLink);
});

async function open(page: Page, fresh: Pult, query = '') {
  await page.goto(fresh.url + address + query);
  await hydrated(page);
}

/** Writes the whole text anew, as a person who pastes it. */
async function write(page: Page, css: string) {
  await tab(page, 'CSS').click();
  await expect(page.locator('code-editor .cm-content')).toBeVisible();
  await text(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(css);
}

/** Saves; what is warned of is accepted. */
async function save(page: Page) {
  await page.keyboard.press('Control+s');
  await accepted(page);
}

/** A save that asks is told to go on; done once it is saved. */
async function accepted(page: Page) {
  const ask = page.getByRole('dialog').getByRole('button', { name: 'Зберегти' });
  const saved = page.getByRole('status').filter({ hasText: /^Збережено/ });
  await ask.or(saved).first().waitFor();
  if (await ask.isVisible()) await ask.click();
  await expect(saved.first()).toBeVisible();
}

/** What operator panels are given, and under which address. */
async function published(page: Page, fresh: Pult, query = '') {
  const answer = await page.request.get(`${fresh.url}/panel/styles.css${query}`);
  expect(answer.status()).toBe(200);
  return { css: await answer.text(), url: answer.url(), keep: answer.headers()['cache-control'] };
}

const stored = async (page: Page, fresh: Pult) => (await (await page.request.get(`${fresh.url}/api/v1/settings/styles`)).json()).value;

test('tokens and CSS dress the sample at once, and the panels once they are saved', async ({ page, fresh }) => {
  await open(page, fresh);
  const before = await published(page, fresh);
  const own = await page.locator('body').evaluate((body) => getComputedStyle(body).outlineColor);

  await overdue(page).fill('#123456');
  await expect(sample(page).locator('.op-dialog--overdue')).toHaveCSS('border-inline-start-color', 'rgb(18, 52, 86)');
  await write(page, `${rule}\nbody { outline: 3px solid rgb(9, 9, 9); }`);
  await expect(head(page)).toHaveCSS('color', 'rgb(1, 2, 3)');
  // `body` means the panel's root, and the console is none of it.
  await expect(sample(page).locator('.op-panel')).toHaveCSS('outline-color', 'rgb(9, 9, 9)');
  expect(await page.locator('body').evaluate((body) => getComputedStyle(body).outlineColor)).toBe(own);
  expect((await published(page, fresh)).css).toBe(before.css);

  await page.getByRole('button', { name: 'Порівняти з опублікованим' }).click();
  await expect(page.locator('code-compare, .compare').first()).toBeVisible();
  await save(page);
  const { css, url, keep } = await published(page, fresh);
  expect(css).toMatch(/--op-overdue:\s*#123456/);
  expect(css).toContain('.op-head__name');
  expect(css).not.toMatch(/(^|[},])body/);
  expect(url).toMatch(/\/panel\/styles\/[0-9a-f]{32}\.css$/);
  expect(keep).toContain('immutable');
  expect((await published(page, fresh, '?safe=1')).css).toBe('');
});

test('what is broken is told at its place, keeps the sample as it was, and is not saved', async ({ page, fresh, expectStatus, expectError }) => {
  // Where lines are written over, Chromium's own editing would carry their look along as a style. The policy refuses it.
  expectError(/style-src-attr inline|Applying inline style/);
  await open(page, fresh);
  await write(page, rule);
  await expect(head(page)).toHaveCSS('color', 'rgb(1, 2, 3)');

  await write(page, `${rule}\n.op-head__name { color red }`);
  await expect(problems(page).first()).toContainText('рядок 2:');
  await expect(tab(page, 'CSS')).toContainText('1');
  await expect(page.locator('.cm-lint-marker-error')).toHaveCount(1);
  await expect(head(page)).toHaveCSS('color', 'rgb(1, 2, 3)');
  expectStatus(422);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert').filter({ hasText: 'Не збережено' })).toBeVisible();
  expect((await stored(page, fresh)).css).toBe('');

  // The place leads back into the text.
  await problems(page).first().getByRole('button').click();
  await expect(text(page)).toBeFocused();

  for (const [css, told] of [
    ['@import url("https://evil.example/a.css");', 'Хост «evil.example» не дозволено'],
    ['.op-dialog { background: url(http://evil.example/a.png) }', 'Така адреса не підходить'],
  ] as const) {
    await write(page, css);
    await expect(problems(page).filter({ hasText: told })).toContainText('рядок 1:');
  }
  // A part that the panel lacks is a warning: the sheet of a newer panel may name it.
  await write(page, '.op-hed__name { color: red }\n.op-head__name { color: var(--op-overdu) }');
  await expect(problems(page).filter({ hasText: 'Панель не має частини «.op-hed__name»' })).toContainText('рядок 1:');
  await expect(problems(page).filter({ hasText: 'Панель не має змінної «--op-overdu»' })).toContainText('рядок 2:');
  await write(page, rule);
  await expect(problems(page)).toHaveCount(0);
  await save(page);
  expect((await stored(page, fresh)).css).toBe(rule);
});

test('a part that is pressed in the sample leads to its rule, or begins one', async ({ page, fresh }) => {
  await open(page, fresh);
  const pick = page.getByRole('button', { name: 'Вказати частину панелі' });
  await pick.click();
  // The frame hears of it a moment later.
  await expect(async () => {
    await head(page).click();
    await expect(tab(page, 'CSS')).toHaveAttribute('aria-selected', 'true', { timeout: 500 });
  }).toPass();
  await expect(text(page)).toContainText('.op-head__name');
  await expect(text(page)).toBeFocused();
  await page.keyboard.type('color: rgb(4, 5, 6)');
  await expect(head(page)).toHaveCSS('color', 'rgb(4, 5, 6)');
});

test('two people change tokens and text, and both changes stand', async ({ page, fresh, expectStatus }) => {
  await open(page, fresh);
  await overdue(page).fill('#123456');
  const answer = await page.request.patch(`${fresh.url}/api/v1/settings/styles`, {
    headers: { 'content-type': 'application/json', 'if-match': '"r0"', origin: fresh.url },
    data: { css: rule },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  expectStatus(409);
  await page.keyboard.press('Control+s');
  await expect.poll(() => stored(page, fresh)).toMatchObject({ light: { overdue: '#123456' }, css: rule });
});

test('an earlier version comes back, in the panels too', async ({ page, fresh }) => {
  await open(page, fresh);
  for (const css of [rule, `${rule}\n.op-panel { font-size: 40px }`]) {
    await write(page, css);
    await save(page);
    await expect.poll(async () => (await stored(page, fresh)).css).toBe(css);
  }
  await open(page, fresh, '?view=history');
  await page.getByRole('button', { name: 'Відновити' }).first().click();
  await accepted(page);
  await expect.poll(async () => (await published(page, fresh)).css).not.toContain('40px');
  expect((await published(page, fresh)).css).toContain('.op-head__name');
});

test('the keyboard alone is enough', async ({ page, fresh }) => {
  await open(page, fresh);
  await tab(page, 'Змінні').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'CSS')).toBeFocused();
  await expect(page.locator('code-editor .cm-content')).toBeVisible();
  await tabTo(page, text(page));
  await page.keyboard.type('.op-head__n');
  const choices = page.getByRole('listbox', { name: 'Підказки' });
  await expect(choices.getByRole('option').first()).toContainText('.op-head__name');
  await page.keyboard.type('ame { color: rgb(7, 8, 9)');
  await expect(head(page)).toHaveCSS('color', 'rgb(7, 8, 9)');
  // One Escape closes what is offered; the next, then Tab, leaves the editor.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(text(page)).not.toBeFocused();
  await save(page);
  expect((await stored(page, fresh)).css).toContain('.op-head__name { color: rgb(7, 8, 9)');
});

for (const language of ['uk', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`tokens, CSS and scripts fit, ${language} ${theme}`, async ({ page, context, fresh }) => {
      await reads(context, fresh.url, language, theme);
      await open(page, fresh);
      await expect(page.locator('html')).toHaveCSS('color-scheme', theme);
      for (const [name, id] of [['tokens', 'styles-tokens'], ['css', 'styles-css'], ['scripts', 'styles-scripts']] as const) {
        await page.locator(`[id="${id}"]`).click();
        if (name === 'css') {
          await text(page).click();
          await page.keyboard.insertText('.op-hed__name { color: #fff !important }');
          await expect(problems(page).first()).toBeVisible();
        }
        for (const width of [1440, 320]) {
          await page.setViewportSize({ width, height: 900 });
          await axe(page);
          await noOverflow(page);
          await shot(page, `styles-${name}.${language}.${theme}.${width}`);
        }
        await page.setViewportSize({ width: 1440, height: 900 });
      }
    });
  }
}

test('scripts are read only without the right to them, and a save leaves them alone', async ({ page, browser, fresh }) => {
  const post = async (path: string, data: object) => (await page.request.post(fresh.url + path, { data })).json();
  const stranger = { name: 'Чат', source: 'inline', code: 'chat()', enabled: true };
  const put = await page.request.put(`${fresh.url}/api/v1/settings/styles`, {
    headers: { 'if-match': '"r0"' },
    data: { scripts: [stranger] },
  });
  expect(put.status()).toBe(200);
  const role = await post('/api/v1/settings/roles', { name: { uk: 'Дизайнер' }, settings: { styles: ['edit'] } });
  const designer = { email: 'designer@example.com', first_name: 'Олена', last_name: 'Кравець', role: role.id };
  const user = await post('/api/v1/settings/users', designer);
  const link = await post('/rpc/password-link', { user: user.id });
  const context = await browser.newContext({ storageState: signedOut, locale: 'uk-UA', baseURL: fresh.url });
  const theirs = await context.newPage();
  await theirs.goto(link.url);
  const password = 'довгий пароль дизайнера';
  await theirs.getByLabel(/^Пароль/).fill(password);
  await theirs.getByLabel(/^Повторіть пароль/).fill(password);
  await theirs.getByRole('button', { name: word('uk', 'password_set') }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith('/password'));
  if (new URL(theirs.url()).pathname === '/sign-in') await signIn(theirs, designer.email, password);
  await open(theirs, fresh);
  await tab(theirs, word('uk', 'styles_scripts')).click();
  await expect(theirs.getByText(word('uk', 'styles_scripts_locked'))).toBeVisible();
  const listed = theirs.getByRole('tabpanel').getByRole('listitem');
  await expect(listed).toHaveCount(1);
  await expect(listed).toContainText('Чат');
  await expect(theirs.getByRole('tabpanel').getByRole('textbox')).toHaveCount(0);
  await write(theirs, rule);
  await save(theirs);
  expect(await stored(page, fresh)).toMatchObject({ css: rule, scripts: [stranger] });
  await context.close();
});
