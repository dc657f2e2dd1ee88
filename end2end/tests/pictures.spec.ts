// Pictures of a running demo, for the README and for looking at: `npm run pictures`. Not a part of the tests.
//
// ORDINAVO_DEMO_PORTAL and ORDINAVO_DEMO_DESK say where the demo is (by default where it starts), ORDINAVO_PICTURES is the folder.

import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { Desk } from '../pages/desk.ts';
import type { Face } from '../pages/face.ts';
import { Portal } from '../pages/portal.ts';
import { PASSWORD } from '../support/server.ts';

const PORTAL = process.env.ORDINAVO_DEMO_PORTAL ?? 'http://127.0.0.1:3000';
const DESK = process.env.ORDINAVO_DEMO_DESK ?? 'http://127.0.0.1:3100';
const FOLDER = process.env.ORDINAVO_PICTURES ?? 'test-results/pictures';

/** Where to go, which row of that list to open for one record's page, and which link to follow from there. */
type Stop = [name: string, path: string, open?: string, link?: string];

const PORTAL_STOPS: Stop[] = [
  ['home', '/'], ['requests', '/requests'], ['request', '/requests', 'Heating stays cold'], ['new-request', '/requests/new'],
  ['appointments', '/appointments'], ['open-work', '/open-work'], ['reports', '/reports'], ['report', '/reports', ''],
  ['follow-ups', '/follow-ups'], ['timeline', '/timeline'], ['account', '/account'], ['access', '/account/access'],
];
const DESK_STOPS: Stop[] = [
  ['inbox', '/desk/inbox'], ['request', '/desk/inbox?queue=review', ''], ['planning', '/desk/planning'], ['target', '/desk/planning', ''],
  ['reports', '/desk/reports?stage=all'], ['report', '/desk/reports?stage=released', ''],
  ['release', '/desk/reports?stage=approved', '', 'Prepare release'], ['follow-ups', '/desk/follow-ups?status=all'],
  ['customers', '/desk/customers'], ['customer', '/desk/customers', 'Lindenhof'], ['people', '/desk/people'], ['person', '/desk/people', 'Frauke'],
  ['settings', '/desk/settings?part=roles'], ['audit', '/desk/audit'],
];

for (const width of [390, 1440]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme });

      test('portal', async ({ page }) => {
        const portal = new Portal(page, { home: PORTAL, live: true });
        await portal.signIn.open();
        await shoot(page, `portal-sign-in-${width}-${colorScheme}`);
        await portal.signIn.as('facility@demo.example', PASSWORD);
        await tour(portal, PORTAL_STOPS, `portal-%-${width}-${colorScheme}`);
      });

      test('desk', async ({ page }) => {
        const desk = new Desk(page, { home: DESK, live: true });
        await desk.signIn.as('admin@demo.example', PASSWORD);
        await tour(desk, DESK_STOPS, `desk-%-${width}-${colorScheme}`);
      });
    });
  }
}

async function tour(face: Face, stops: Stop[], name: string): Promise<void> {
  for (const [stop, path, row, link] of stops) {
    await face.go(path);
    if (row !== undefined) await leave(face, () => face.row(row).getByRole('link').first().click());
    if (link) await leave(face, () => face.follow(link));
    await shoot(face.page, name.replace('%', stop));
  }
}

/** Goes on to another page. */
async function leave(face: Face, act: () => Promise<void>): Promise<void> {
  const here = face.page.url();
  await act();
  await face.page.waitForURL((url) => url.href !== here);
  await face.shown();
}

/** Takes the whole page as if the window were as high: what sticks to the window's edge stays at the edge of the picture. */
async function shoot(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize()!;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.setViewportSize({ width, height });
}
