import { defineConfig } from '@playwright/test';
import { headless } from './pult.mjs';

export default defineConfig({
  testMatch: '*.spec.ts',
  outputDir: 'results',
  reporter: 'list',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions: headless,
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    locale: 'uk-UA',
    timezoneId: 'Europe/Kyiv',
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
  },
});
