// WCAG 2.2 AA, checked by axe in light and in dark: on every page as the story reaches it, and on every page that links lead to.

import type { Page } from '@playwright/test';
import type { Face } from '../pages/face.ts';
import { PASSWORD } from '../support/server.ts';
import { Story } from '../support/story.ts';
import { accessibleOnce, expect, expectAccessible, expectNoViolation, test } from '../support/test.ts';

test.describe.configure({ timeout: 900_000 });

test('every page of the eight steps as people see it, and every page that a link leads to', async ({ openPortal, openDesk, server }) => {
  const look = accessibleOnce();
  const story = new Story(server, await openPortal({ look }), await openDesk({ look }), await openDesk({ look }));
  await story.begin();
  await story.submit();
  await story.review();
  await story.convert();
  await story.schedule();
  await story.report();
  await story.followUp();
  await story.lookBack();
  await refusals(story, look);

  const admin = await openDesk();
  await admin.signIn.as(server.staff('Ada', 'admin'), PASSWORD);
  const places = [story.manager.page, story.dispatcher.page].map((page) => new URL(page.url()).pathname);
  expect(await crawl(story.portal, ['/', '/nothing-here', '/requests/nothing'], look)).toEqual(expect.arrayContaining(PORTAL));
  expect(await crawl(admin, ['/desk/inbox', '/desk/search?q=heating', '/desk/customers?q=nobody', '/desk/nothing-here', ...places], look)).toEqual(expect.arrayContaining(DESK));
});

/** Forms that were refused; the request stays a draft, for the crawl to find. */
async function refusals({ portal, manager, pune, work }: Story, look: (page: Page) => Promise<void>): Promise<void> {
  await portal.newRequest.start();
  await portal.newRequest.where(pune.name);
  await portal.press('Continue');
  await expect(portal.problem).toBeVisible();
  await look(portal.page);
  await manager.go('/desk/customers?form=new');
  await manager.press('Add customer');
  await expect(manager.problem).toBeVisible();
  await look(manager.page);
  await manager.report.open(work, 'Shared');
  await manager.release.open();
  await manager.release.write({ title: '', summary: '', message: '' });
  await manager.main.getByRole('checkbox', { name: 'I have decided about every file' }).check();
  await manager.press('Publish');
  await expect(manager.problem).toBeVisible();
  await look(manager.page);
}

test('the pages before the sign-in, and the forms that were refused', async ({ openPortal, openDesk }) => {
  const [portal, desk] = [await openPortal(), await openDesk()];
  await portal.signIn.open();
  await expectAccessible(portal.page);
  await portal.signIn.submit('', '');
  await expect(portal.problem).toBeVisible();
  await expectAccessible(portal.page);
  await portal.go('/forgotten');
  await expectAccessible(portal.page);
  await portal.go('/invite');
  await expectAccessible(portal.page);
  for (const path of ['/unsubscribe', '/unsubscribe?done=yes']) {
    await portal.go(path);
    await expectAccessible(portal.page);
  }
  await desk.go('/desk/sign-in');
  await expectAccessible(desk.page);
});

/** The ways to see a page, so chosen that each two of their values meet; `make axe` takes all of them. */
const SEEN = process.env.ORDINAVO_AXE === 'all'
  ? ['en', 'de'].flatMap((lang) => ['light', 'dark'].flatMap((theme) => ['phone', 'screen'].flatMap((size) => ['full', 'empty'].map((state) => [lang, theme, size, state]))))
  : [['en', 'light', 'phone', 'empty'], ['en', 'dark', 'screen', 'full'], ['de', 'light', 'screen', 'full'], ['de', 'dark', 'phone', 'empty'], ['de', 'dark', 'phone', 'full'], ['en', 'light', 'screen', 'empty']];
const SIZES: Record<string, { width: number; height: number }> = { phone: { width: 390, height: 844 }, screen: { width: 1440, height: 900 } };

test('the portal in its languages, themes and sizes, full and empty', async ({ openPortal, openDesk, server }) => {
  const [dispatcher, manager] = [await openDesk(), await openDesk()];
  const full = new Story(server, await openPortal(), dispatcher, manager);
  await full.begin();
  await full.submit();
  await full.review();
  await full.convert();
  await full.schedule();
  await full.report();
  const empty = new Story(server, await openPortal(), dispatcher, manager);
  await empty.signUp(await empty.invite());
  for (const lang of ['en', 'de']) {
    for (const story of [full, empty]) await story.portal.account.speak(lang);
    for (const [, theme, size, state] of SEEN.filter(([spoken]) => spoken === lang)) {
      const { page } = (state === 'full' ? full : empty).portal;
      const storageState = await page.context().storageState();
      const portal = await openPortal({ storageState, viewport: SIZES[size!]!, colorScheme: theme as 'light' | 'dark' });
      await crawl(portal, ['/'], async (seen) => expectNoViolation(seen, `${lang}, ${theme}, ${size}, ${state}`));
    }
  }
});

/** Pages that the crawl must have reached: those of the routes in app/src/portal.rs and app/src/desk.rs. */
const PORTAL = [
  '/', '/requests', '/requests/new', '/requests/new/:id', '/requests/:id', '/appointments', '/appointments/:id', '/open-work', '/reports',
  '/reports/:id', '/follow-ups', '/timeline', '/locations/:id', '/account', '/account/access', '/account/notifications',
];
const DESK = [
  '/desk/inbox', '/desk/requests/new', '/desk/requests/:id', '/desk/planning', '/desk/targets/:id', '/desk/reports', '/desk/reports/:id',
  '/desk/reports/:id/release', '/desk/follow-ups', '/desk/overview', '/desk/overview/requests', '/desk/customers', '/desk/customers/:id', '/desk/customers/:id/access', '/desk/customers/:id/import', '/desk/customers/:id/invite', '/desk/customers/:id/invite-list', '/desk/people',
  '/desk/people/:id', '/desk/people/:id/portal', '/desk/settings', '/desk/audit', '/desk/search', '/desk/keys',
];

/** Follows every link from some pages, once per kind of page and form, and looks at each; gives the paths of the kinds. */
async function crawl(face: Face, starts: string[], look: (page: Page) => Promise<void>): Promise<string[]> {
  const seen = new Set<string>();
  const waiting = [...starts];
  while (waiting.length > 0) {
    const address = waiting.shift()!;
    if (seen.has(kind(address))) continue;
    seen.add(kind(address));
    await face.go(address);
    const closed = face.page.locator('main details:not([open]) > summary');
    for (let folds = await closed.count(); folds > 0; folds--) await closed.first().click();
    await look(face.page);
    waiting.push(...(await links(face.page)));
    await expectEdges(face.page);
    await expectFits(face.page);
  }
  return [...new Set([...seen].map((address) => address.split('?')[0]!))];
}

/** Nothing is wider than the narrowest phone, also with longer words, and with letters twice as large on a screen twice as wide. */
async function expectFits(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  const fits = async (how: string, most: number) => {
    await page.setViewportSize({ width: most, height: 640 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(width, `width of ${page.url()}, ${how}`).toBeLessThanOrEqual(most);
  };
  await fits('320 pixels', 320);
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await fits('letters twice as large', 640);
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await page.evaluate(lengthen);
  await fits('words longer by 40 %', 320);
  await page.setViewportSize(before);
}

/** Makes every text as long as in the wordiest of languages. */
function lengthen(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.nodeValue!.trim();
    if (/\p{L}/u.test(text) && !node.parentElement!.closest('script, style, textarea')) node.nodeValue += ` ${text.slice(0, Math.ceil(text.length * 0.4))}`;
  }
}

/** Where colours are the reader's, edges are what is left: everything one can press or fill in has one. */
async function expectEdges(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  const bare = await page.locator('main :is(button, .button, input:not([type=hidden], [type=file]), select, textarea, .docket)').evaluateAll((all) =>
    all.filter((element) => element.checkVisibility() && Number.parseFloat(getComputedStyle(element).borderTopWidth) < 1
      && !['checkbox', 'radio'].includes((element as HTMLInputElement).type) && !element.classList.contains('link-button')).map((element) => element.outerHTML),
  );
  expect.soft(bare, `without an edge on ${page.url()}`).toEqual([]);
  await page.emulateMedia({ forcedColors: null });
}

/** Addresses of the same face that a page links to; what is downloaded is no page. */
async function links(page: Page): Promise<string[]> {
  const addresses = await page.locator('a[href]:not([download])').evaluateAll((all) =>
    all.map((link) => new URL((link as HTMLAnchorElement).href)).filter((url) => url.origin === location.origin).map((url) => url.pathname + url.search),
  );
  return addresses;
}

/** An address without what makes it one of many: ids, dates, searches. */
function kind(address: string): string {
  const url = new URL(address, 'http://any');
  const query = ['form', 'step', 'part', 'show', 'new', 'queue', 'view', 'work'].filter((name) => url.searchParams.has(name)).map((name) => `${name}=${url.searchParams.get(name)}`);
  return `${url.pathname}?${query.join('&')}`.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id').replace(/\?$/, '');
}
