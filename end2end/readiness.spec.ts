// A readiness finding is silenced with a reason, which stays to be read, and brought back.

import { axe, expect, hydrated, owner, test } from './fixture.ts';
import { word } from './speech.ts';

test('a finding is silenced and brought back', async ({ page, expectStatus }) => {
  // Without a reason nothing is silenced.
  expectStatus(422);
  await page.request.post('/api/v1/settings/roles', { data: { name: { uk: 'Роль на виріст' } } });
  await page.goto('/settings');
  await hydrated(page);
  const sentence = 'Роль «Роль на виріст» нікому не призначена';
  const finding = page.getByRole('listitem').filter({ hasText: sentence });
  await expect(finding.getByRole('link', { name: sentence })).toHaveAttribute('href', /\/settings\/roles\/\d+/);
  await expect(finding).toContainText(word('uk', 'grade_note'));
  await finding.getByRole('button', { name: word('uk', 'silence_of', { name: sentence }) }).click();
  const dialog = page.getByRole('dialog', { name: word('uk', 'silence_title') });
  await expect(dialog.getByLabel(word('uk', 'silence_reason'))).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.locator('#silence-reason-problem')).toBeVisible();
  await dialog.getByLabel(word('uk', 'silence_reason')).fill('Людей наймемо в січні');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(finding).toBeHidden();

  // Who, when and why can be read by whoever looks.
  await page.getByText(/^Приглушено 1 зауваження/).click();
  await expect(finding).toContainText(`${owner.firstName} ${owner.lastName}`);
  await expect(finding).toContainText('Людей наймемо в січні');
  await axe(page);
  await finding.getByRole('button', { name: word('uk', 'unsilence_of', { name: sentence }) }).click();
  await expect(page.getByText(/^Приглушено/)).toHaveCount(0);
  await expect(finding).toBeVisible();
});
