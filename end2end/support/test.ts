// Tests get a server of their project's engine, started once per worker, and a browser of its own for each person.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { Desk } from '../pages/desk.ts';
import { Portal } from '../pages/portal.ts';
import { Server, type Engine } from './server.ts';

/** How somebody's browser is. */
export interface Browsing extends BrowserContextOptions {
  /** Whether the pages' script and WASM arrive. */
  wasm?: boolean;
  /** Whether the program is expected to die. */
  panics?: boolean;
  /** Looks at every page that is reached. */
  look?: (page: Page) => Promise<void>;
}

interface Fixtures {
  /** The portal in a browser of its own. */
  openPortal: (browsing?: Browsing) => Promise<Portal>;
  /** The desk in a browser of its own. */
  openDesk: (browsing?: Browsing) => Promise<Desk>;
  /** A page in a browser of its own; everybody's scripts must run without an error, and load nothing from elsewhere. */
  openBrowser: (browsing?: Browsing) => Promise<Page>;
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [async ({}, use, info) => {
    const server = await Server.start((info.project.metadata.engine ?? 'sqlite') as Engine);
    await use(server);
    await server.stop();
  }, { scope: 'worker' }],

  openBrowser: async ({ browser, server }, use, info) => {
    const contexts: BrowserContext[] = [];
    const wrong: string[] = [];
    await use(async ({ wasm = true, panics = false, look: _, ...options } = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      if (!wasm) await context.route(/\/pkg\/.*\.(js|wasm)$/, (route) => route.abort());
      watch(context, server, wasm && !panics, wrong);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    if (info.status !== info.expectedStatus) await info.attach('server log', { body: server.logged() });
    expect(wrong, 'errors of scripts, and addresses of others').toEqual([]);
  },

  openPortal: async ({ openBrowser, server }, use) => {
    await use(async (browsing) => new Portal(await openBrowser(browsing), { home: server.portal, live: browsing?.wasm !== false, look: browsing?.look }));
  },

  openDesk: async ({ openBrowser, server }, use) => {
    await use(async (browsing) => new Desk(await openBrowser(browsing), { home: server.desk, live: browsing?.wasm !== false, look: browsing?.look }));
  },
});

export { expect };

/** Notes what no page may do. */
function watch(context: BrowserContext, server: Server, healthy: boolean, wrong: string[]): void {
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && ![server.portal, server.desk].includes(origin)) wrong.push(`asks ${request.url()}`);
  });
  // Without the script there is nothing that could fail but its arrival.
  if (!healthy) return;
  context.on('weberror', (error) => wrong.push(error.error().message));
  context.on('console', (message) => {
    // The browser notes each answer with a status of 400 or more; the pages say what it means.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) wrong.push(message.text());
  });
}

/** No violation of WCAG 2.2 AA on the page as it is, in light and in dark; what is dark differs in its colours only. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNoViolation(page, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoViolation(page, 'dark', (axe) => axe.withRules(['color-contrast']));
  await page.emulateMedia({ colorScheme: null });
}

/** No violation of WCAG 2.2 AA on the page as it is shown now. */
export async function expectNoViolation(page: Page, how: string, choose = (axe: AxeBuilder) => axe.withTags(WCAG)): Promise<void> {
  // There are no frames to look into; without this mode each look opens a page of its own.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode()).analyze();
  const found = violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html}\n${node.failureSummary}`));
  expect.soft(found, `${page.url()}, ${how}`).toEqual([]);
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** As `expectAccessible`, but only once for pages that are made of the same pieces. */
export function accessibleOnce(): (page: Page) => Promise<void> {
  const seen = new Set<string>();
  return async (page) => {
    const pieces = await page.locator('body *').evaluateAll((all) => {
      const piece = (element: Element) =>
        [element.tagName, element.className, element.hasAttribute('open'), ...Object.values((element as HTMLElement).dataset)].join(' ');
      return [...new Set(all.map(piece))].sort().join('|');
    });
    if (seen.has(pieces)) return;
    seen.add(pieces);
    await expectAccessible(page);
  };
}
