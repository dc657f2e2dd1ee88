import { defineConfig } from '@playwright/test';

// Pictures are made of a running demo, by `npm run pictures` only.
const pictures = process.env.ORDINAVO_PICTURES ? [{ name: 'pictures', testMatch: '**/pictures.spec.ts' }] : [];
// A first visit in a slow browser is measured by scripts/bench.sh only.
const bench = process.env.ORDINAVO_TEST_BENCH ? [{ name: 'first-visit', testDir: 'bench', metadata: { engine: 'sqlite' }, use: { trace: 'off', screenshot: 'off' } as const }] : [];

// The one browser is the machine's Chromium: nothing is downloaded. Each engine is a project with a server of its own; what does not
// depend on the engine runs on the first one only.
export default defineConfig({
  testDir: 'tests',
  // A ceiling for slow machines: the crawl looks at every page of both faces, in light and dark.
  timeout: 900_000,
  expect: { timeout: 10_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // Nobody's clock or language but the portal's own: the reader sits elsewhere than the locations.
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
      ],
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'sqlite', metadata: { engine: 'sqlite' }, testIgnore: '**/pictures.spec.ts' },
    { name: 'postgres', metadata: { engine: 'postgres' }, testMatch: ['**/eight-steps.spec.ts', '**/without-wasm.spec.ts'] },
    ...pictures,
    ...bench,
  ],
});
